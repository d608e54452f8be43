package dev.userservice.election;

import dev.userservice.election.lease.KubernetesLeases;
import dev.userservice.election.lease.LeaseEvents;
import dev.userservice.election.lease.LeaseLock;
import dev.userservice.election.lock.CallThread;
import dev.userservice.election.lock.ElectionLock;
import dev.userservice.election.lock.ElectionLoop;
import dev.userservice.election.lock.ElectionTiming;
import dev.userservice.election.vote.QuorumLock;
import dev.userservice.election.vote.Voters;
import dev.userservice.kubernetes.KubernetesApi;
import dev.userservice.time.Ticker;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;

/**
 * A lock with what belongs to it.
 *
 * @param lock the lock
 * @param changes is told of each change of this process's own, in words; does not block
 * @param close ends what the lock has opened
 */
record Backend(ElectionLock lock, Consumer<String> changes, Runnable close) {

  static Backend quorum(Voters voters, String self, ElectionTiming timing, Ticker ticker) {
    return new Backend(new QuorumLock(voters, self, timing, ticker), change -> {}, () -> {});
  }

  static Backend lease(
      ElectionConfig.KubernetesLease config,
      KubernetesClient kubernetes,
      Voters voters,
      String self,
      ElectionTiming timing,
      Ticker ticker,
      ElectionLoop loop) {
    KubernetesClient client =
        KubernetesApi.withoutRetries(kubernetes, Duration.ofNanos(timing.callNanos()));
    String namespace = config.namespace().orElseGet(client::getNamespace);
    KubernetesLeases leases = new KubernetesLeases(client, namespace, config.lease(), loop);
    LeaseEvents events = new LeaseEvents(client, namespace, config.lease(), self);
    CallThread writer = new CallThread("election-events", loop);
    return new Backend(
        new LeaseLock(leases, voters, self, timing, ticker, Instant::now),
        change -> writer.execute(() -> events.write(change)),
        () -> {
          leases.close();
          writer.close();
        });
  }
}
