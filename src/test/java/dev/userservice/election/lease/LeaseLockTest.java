package dev.userservice.election.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.userservice.election.LeaseCandidate;
import dev.userservice.election.ShopLease;
import dev.userservice.election.Verdict;
import dev.userservice.election.lock.ElectionTiming;
import dev.userservice.election.lock.LockState;
import dev.userservice.election.lock.Renewal;
import dev.userservice.election.lock.Renewal.Outcome;
import dev.userservice.election.vote.SimulatedShard;
import dev.userservice.kubernetes.ApiServer;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How a process uses a Lease that others change, with the real client on an API server. */
final class LeaseLockTest {

  private static final ElectionTiming TIMING =
      new ElectionTiming(seconds(15), seconds(10), seconds(1));

  private final ApiServer api = new ApiServer();
  private final ShopLease lease = new ShopLease(api);
  private final SimulatedShard shard = new SimulatedShard("shard", true, new Verdict());
  private final LeaseCandidate first = candidate("pod-a");
  private final LeaseCandidate second = candidate("pod-b");

  @AfterEach
  void stop() {
    first.close();
    second.close();
    api.close();
  }

  @Test
  void firstProcessTakesTheLeaseAndTheSecondDoesNot() throws Exception {
    lease.chart();
    first.use(LeaseLock::observe);
    second.use(LeaseLock::observe);
    assertThat(first.use(LeaseLock::acquire)).hasValue(1);
    assertThat(second.use(LeaseLock::acquire)).isEmpty();
    LockState seen = second.use(LeaseLock::observe);
    assertThat(seen.holder()).isEqualTo("pod-a");
    assertThat(seen.epoch()).isEqualTo(1);
    assertThat(seen.freeAtNanos() - System.nanoTime()).isBetween(seconds(10), seconds(15));
  }

  @Test
  void epochOfEighteenDigitsIsExceeded() throws Exception {
    lease.chart();
    lease.annotate(KubernetesLeases.EPOCH, "999999999999999999");
    first.use(LeaseLock::observe);
    assertThat(first.use(LeaseLock::acquire)).hasValue(1_000_000_000_000_000_000L);
    first.use(lock -> lock.release(1_000_000_000_000_000_000L));
    second.use(LeaseLock::observe);
    assertThat(second.use(LeaseLock::acquire)).hasValue(1_000_000_000_000_000_001L);
  }

  @Test
  void leaseChangedByAnotherClientIsRenewedAndKeepsTheChange() throws Exception {
    leads();
    lease.annotate("team", "users");
    assertThat(first.use(lock -> lock.renew(1)).outcome()).isEqualTo(Outcome.RENEWED);
    assertThat(lease.now().getMetadata().getAnnotations()).containsEntry("team", "users");
    assertThat(lease.holder()).isEqualTo("pod-a");
  }

  @Test
  void leaseChangedByAnotherClientIsReleased() throws Exception {
    leads();
    lease.annotate("team", "users");
    assertThat(release()).isEqualTo(1);
    assertThat(lease.holder()).isEmpty();
  }

  @Test
  void leaseIsReleasedAfterARenewalTimedOut() throws Exception {
    leads();
    api.delayNext(1, ApiServer.REPLACE, Duration.ofSeconds(10));
    assertThatThrownBy(() -> first.use(lock -> lock.renew(1))).isNotNull();
    assertThat(release()).isEqualTo(1);
    assertThat(lease.holder()).isEmpty();
  }

  @Test
  void leaseTakenByAnotherProcessIsLost() throws Exception {
    leads();
    lease.hold("pod-b");
    lease.annotate(KubernetesLeases.EPOCH, "2");
    Renewal renewal = first.use(lock -> lock.renew(1));
    assertThat(renewal.outcome()).isEqualTo(Outcome.LOST);
    assertThat(renewal.newestEpoch()).isEqualTo(2);
    assertThat(release()).isEqualTo(2);
    assertThat(lease.holder()).isEqualTo("pod-b");
  }

  @Test
  void leaseWhoseHolderWasRemovedIsLost() throws Exception {
    leads();
    lease.hold("");
    assertThat(first.use(lock -> lock.renew(1)).outcome()).isEqualTo(Outcome.LOST);
  }

  @Test
  void deletedLeaseIsCreatedAgainWithItsEpoch() throws Exception {
    leads();
    lease.delete();
    assertThat(first.use(lock -> lock.renew(1)).outcome()).isEqualTo(Outcome.RENEWED);
    assertThat(lease.holder()).isEqualTo("pod-a");
    assertThat(lease.now().getMetadata().getAnnotations())
        .containsEntry(KubernetesLeases.EPOCH, "1");
  }

  @Test
  void epochGrowsAfterTheLeaseWasReplacedByAnEmptyOne() throws Exception {
    leads();
    lease.delete();
    lease.chart();
    second.use(LeaseLock::observe);
    assertThat(second.use(LeaseLock::acquire)).hasValue(2);
    assertThat(first.use(lock -> lock.renew(1)).outcome()).isEqualTo(Outcome.LOST);
  }

  @Test
  void leaseIsNotTakenWithoutAMajorityOfDatabases() throws Exception {
    lease.chart();
    down(true);
    first.use(LeaseLock::observe);
    assertThat(first.use(LeaseLock::acquire)).isEmpty();
    assertThat(api.requests(ApiServer.REPLACE)).isEmpty();
    down(false);
    assertThat(first.use(LeaseLock::acquire)).isEqualTo(OptionalLong.of(1));
  }

  @Test
  void acquisitionThatTimedOutIsRepeatedAtOnce() throws Exception {
    lease.chart();
    first.use(LeaseLock::observe);
    api.delayNext(1, ApiServer.REPLACE, Duration.ofSeconds(10));
    assertThatThrownBy(() -> first.use(LeaseLock::acquire)).isNotNull();
    assertThat(first.use(LeaseLock::observe).freeAtNanos()).isLessThan(System.nanoTime());
    assertThat(first.use(LeaseLock::acquire)).isPresent();
  }

  private void leads() throws Exception {
    lease.chart();
    first.use(LeaseLock::observe);
    assertThat(first.use(LeaseLock::acquire)).hasValue(1);
  }

  private long release() throws Exception {
    return first.use(lock -> lock.release(1));
  }

  private void down(boolean now) {
    synchronized (shard) {
      shard.down(now);
    }
  }

  private LeaseCandidate candidate(String name) {
    return new LeaseCandidate(name, api.client(), List.of(shard), TIMING);
  }

  private static long seconds(int count) {
    return Duration.ofSeconds(count).toNanos();
  }
}
