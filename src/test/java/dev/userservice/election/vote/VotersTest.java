package dev.userservice.election.vote;

import static org.assertj.core.api.Assertions.assertThat;

import dev.userservice.election.Link;
import dev.userservice.election.Verdict;
import dev.userservice.election.lock.ElectionClock;
import dev.userservice.election.lock.ElectionTiming;
import dev.userservice.election.lock.LockState;
import dev.userservice.election.lock.ManualLoop;
import dev.userservice.election.lock.Renewal;
import dev.userservice.election.lock.Renewal.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a majority of the votes decides. */
final class VotersTest {

  private static final long SECOND = Duration.ofSeconds(1).toNanos();
  private static final ElectionTiming TIMING =
      new ElectionTiming(15 * SECOND, 10 * SECOND, 2 * SECOND);
  private static final long LEASE_MILLIS = 15_000;

  private final ManualLoop loop = new ManualLoop();
  private final ElectionClock clock = loop.clock(TIMING, 1);
  private final List<SimulatedShard> shards =
      IntStream.range(0, 5)
          .mapToObj(shard -> new SimulatedShard("shard-" + shard, true, new Verdict()))
          .toList();
  private final Voters voters = voters(shards);

  @Test
  void votesThatWereNeverGrantedAreFree() {
    await(voters.observe());
    assertThat(voters.freeAtNanos("a")).isLessThanOrEqualTo(loop.nanos());
    assertThat(voters.promised()).isZero();
    assertThat(voters.leading(loop.nanos())).isEmpty();
  }

  @Test
  void withoutAMajorityReachedTheVotesAreNeverFree() {
    down(0, 1, 2);
    await(voters.observe());
    assertThat(voters.freeAtNanos("a")).isEqualTo(LockState.NEVER);
  }

  @Test
  void majorityOfGrantsWinsAnEpoch() {
    await(voters.observe());
    down(0, 1);
    await(voters.observe());
    assertThat(await(voters.claim(claim(1, "a"), true))).isTrue();
    long observedAt = loop.nanos();
    await(voters.observe());
    assertThat(voters.leading(loop.nanos()).map(Ballot::holder)).contains("a");
    assertThat(voters.freeAtNanos("b")).isEqualTo(observedAt + 15 * SECOND);
    assertThat(voters.freeAtNanos("a")).isLessThanOrEqualTo(loop.nanos());
  }

  @Test
  void minorityOfGrantsWinsNothing() {
    await(voters.observe());
    down(0, 1, 2);
    assertThat(await(voters.claim(claim(1, "a"), true))).isFalse();
  }

  @Test
  void heldVotesAreNotClaimedBeforeTheirLeaseEnds() {
    lead("a", 1);
    Voters other = voters(shards);
    await(other.observe());
    assertThat(await(other.claim(claim(2, "b"), true))).isFalse();
    loop.advance(15 * SECOND);
    assertThat(await(other.claim(claim(2, "b"), true))).isTrue();
  }

  @Test
  void addedShardsDoNotOutvoteThoseThatHaveVoted() {
    Voters before = voters(shards.subList(0, 2));
    await(before.observe());
    assertThat(await(before.claim(claim(1, "a"), true))).isTrue();
    await(voters.observe());
    assertThat(await(voters.claim(claim(2, "b"), true))).isFalse();
  }

  @Test
  void unreachableVotersCountAsThoseThatHaveVoted() {
    Voters before = voters(shards.subList(0, 3));
    await(before.observe());
    await(before.claim(claim(1, "a"), true));
    loop.advance(20 * SECOND);
    Voters restarted = voters(shards);
    down(1, 2);
    await(restarted.observe());
    loop.advance(20 * SECOND);
    assertThat(await(restarted.claim(claim(2, "b"), true))).isFalse();
  }

  @Test
  void renewalIsLostOnlyWhenAMajorityRefusesIt() {
    lead("a", 1);
    assertThat(renewal("a", 1).outcome()).isEqualTo(Outcome.RENEWED);
    down(0, 1, 2);
    assertThat(renewal("a", 1).outcome()).isEqualTo(Outcome.UNCERTAIN);
    up(0, 1, 2);
    Voters other = voters(shards);
    await(other.observe());
    loop.advance(15 * SECOND);
    assertThat(await(other.claim(claim(2, "b"), true))).isTrue();
    assertThat(renewal("a", 1)).isEqualTo(new Renewal(Outcome.LOST, 2));
  }

  @Test
  void releasedVotesAreFreeAtOnce() {
    lead("a", 1);
    assertThat(await(voters.release(claim(1, "a")))).isEqualTo(1);
    Voters other = voters(shards);
    await(other.observe());
    assertThat(other.freeAtNanos("b")).isLessThanOrEqualTo(loop.nanos());
  }

  private void lead(String name, long epoch) {
    await(voters.observe());
    assertThat(await(voters.claim(claim(epoch, name), true))).isTrue();
  }

  private Renewal renewal(String name, long epoch) {
    return await(voters.renew(claim(epoch, name)));
  }

  private static Claim claim(long epoch, String name) {
    return new Claim(epoch, name, LEASE_MILLIS);
  }

  private void down(int... numbers) {
    IntStream.of(numbers).forEach(shard -> shards.get(shard).down(true));
  }

  private void up(int... numbers) {
    IntStream.of(numbers).forEach(shard -> shards.get(shard).down(false));
  }

  /** Lets the time of one call pass. */
  private <T> T await(CompletionStage<T> stage) {
    loop.advance(TIMING.callNanos());
    return stage.toCompletableFuture().join();
  }

  private Voters voters(List<SimulatedShard> reached) {
    return SimulatedShard.voters(reached, VotersTest::link, clock);
  }

  private static Link link(SimulatedShard shard) {
    return new Link() {
      @Override
      public <T> CompletionStage<T> call(Supplier<T> work) {
        return shard.down()
            ? CompletableFuture.failedFuture(new IllegalStateException("down"))
            : CompletableFuture.completedFuture(work.get());
      }
    };
  }
}
