package dev.userservice.election;

import dev.userservice.election.lease.KubernetesLeases;
import dev.userservice.election.lease.LeaseEvents;
import dev.userservice.election.lease.LeaseLock;
import dev.userservice.election.lock.CallThread;
import dev.userservice.election.lock.ElectionClock;
import dev.userservice.election.lock.ElectionThread;
import dev.userservice.election.lock.LockKind;
import dev.userservice.election.vote.QuorumLock;
import dev.userservice.election.vote.Voters;
import dev.userservice.kubernetes.KubernetesApi;
import dev.userservice.replication.ReplicationGroups;
import dev.userservice.time.Ticker;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.SplittableRandom;

/** Opens the lock that is configured. */
@Singleton
final class ElectionLocks {

  private final ElectionConfig config;
  private final ReplicationGroups groups;
  private final Instance<KubernetesApi> kubernetes;
  private final Ticker ticker;

  ElectionLocks(
      ElectionConfig config,
      ReplicationGroups groups,
      Instance<KubernetesApi> kubernetes,
      Ticker ticker) {
    this.config = config;
    this.groups = groups;
    this.kubernetes = kubernetes;
    this.ticker = ticker;
  }

  /**
   * Opens the lock for a process of this name. Connects to nothing yet; the Kubernetes client is
   * made only if the lock is a Lease.
   */
  OpenedLock open(String self) {
    ElectionThread loop = new ElectionThread();
    ElectionClock clock =
        new ElectionClock(ElectionConfig.timing(config), ticker, loop, new SplittableRandom());
    Voters voters = Voters.of(groups.all(), clock);
    Runnable closing =
        () -> {
          voters.close();
          loop.close();
        };
    return kind() == LockKind.QUORUM
        ? new OpenedLock(clock, voters, new QuorumLock(voters, self, clock), event -> {}, closing)
        : lease(self, clock, voters, closing);
  }

  private OpenedLock lease(String self, ElectionClock clock, Voters voters, Runnable closing) {
    Duration bound = Duration.ofNanos(clock.timing().callNanos());
    KubernetesApi api = kubernetes.get();
    String name = config.kubernetes().lease();
    String namespace = config.kubernetes().namespace().orElseGet(api::namespace);
    KubernetesLeases leases = new KubernetesLeases(api, namespace, name, bound, clock.loop());
    LeaseEvents events = new LeaseEvents(api, namespace, name, self, bound);
    CallThread writer = new CallThread("election-events", clock.loop());
    return new OpenedLock(
        clock,
        voters,
        new LeaseLock(leases, voters, self, clock, Instant::now),
        event -> writer.execute(() -> events.write(event)),
        () -> {
          leases.close();
          writer.close();
          closing.run();
        });
  }

  private LockKind kind() {
    return config.lock().orElse(KubernetesApi.inPod() ? LockKind.KUBERNETES : LockKind.QUORUM);
  }
}
