package dev.userservice.election;

import static org.assertj.core.api.Assertions.assertThat;

import dev.userservice.election.SimulatedElection.Kind;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Thousands of elections in virtual time, with clocks that differ, late and lost messages,
 * partitions, pauses, deaths and stores that are down. No epoch has two leaders that act, no shard
 * accepts a statement of an older epoch after one of a newer epoch, and one process leads after the
 * faults.
 */
final class ElectionSimulationTest {

  private static final int SEEDS = Integer.getInteger("election.seeds", 1000);
  private static final int SEEDS_FOR_BROKEN = 300;

  private final long first = Long.getLong("simulation.seed", new SplittableRandom().nextLong());

  @ParameterizedTest
  @EnumSource(names = {"QUORUM", "LEASE"})
  void oneLeaderActsPerEpochAndOldEpochsAreRefused(Kind kind) {
    assertThat(violations(kind, SEEDS)).isEmpty();
  }

  @Test
  void withoutTheFenceAnOldLeaderActsAfterANewOne() {
    assertThat(violations(Kind.QUORUM_WITHOUT_FENCE, SEEDS_FOR_BROKEN))
        .anyMatch(violation -> violation.contains("after one of"));
  }

  @Test
  void withWallClocksNoLeaderIsElectedInTime() {
    assertThat(violations(Kind.LEASE_BY_WALL_CLOCK, SEEDS_FOR_BROKEN))
        .anyMatch(violation -> violation.contains("0 leaders"));
  }

  private List<String> violations(Kind kind, int seeds) {
    System.out.printf("-Dsimulation.seed=%d -Delection.seeds=%d %s%n", first, seeds, kind);
    return LongStream.range(first, first + seeds)
        .parallel()
        .boxed()
        .flatMap(
            seed ->
                SimulatedElection.play(seed, kind).violations().stream()
                    .map(violation -> kind + " with seed " + seed + ": " + violation))
        .toList();
  }
}
