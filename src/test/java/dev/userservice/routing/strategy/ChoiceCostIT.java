package dev.userservice.routing.strategy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collection;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * Measures what a choice costs, by JMH with its allocation profiler, in about three minutes:
 *
 * <pre>mvn test-compile failsafe:integration-test failsafe:verify -Dit.test=ChoiceCostIT \
 *   -Dtest.groups=deep -Dtest.groups.excluded=none</pre>
 *
 * <p>Of twenty short rounds the fastest counts: other work on the machine only ever adds.
 */
@Tag("deep")
final class ChoiceCostIT {

  private static final double MOST_NANOS = 150;
  // The profiler's own work shows as thousandths of a byte for each call.
  private static final double NOTHING = 0.1;

  @Test
  void choiceTakesUnder150NanosecondsAndAllocatesNothing() throws RunnerException {
    Collection<RunResult> results =
        new Runner(
                new OptionsBuilder()
                    .include(ChoiceBenchmark.class.getName())
                    .addProfiler(GCProfiler.class)
                    .build())
            .run();
    System.out.println("\n| benchmark | ns | B |\n| --- | --- | --- |");
    results.forEach(
        result ->
            System.out.printf(
                "| %s | %.0f | %.0f |%n", name(result), nanos(result), bytes(result)));
    assertThat(results).isNotEmpty();
    for (RunResult result : results) {
      if (name(result).startsWith("choice")) {
        assertThat(bytes(result)).as("bytes of " + name(result)).isLessThan(NOTHING);
      }
      if (name(result).startsWith("choice ")) {
        assertThat(nanos(result)).as(name(result)).isLessThan(MOST_NANOS);
      }
    }
  }

  private static String name(RunResult result) {
    String parameters =
        result.getParams().getParamsKeys().stream()
            .map(key -> " " + result.getParams().getParam(key))
            .findFirst()
            .orElse("");
    return result.getPrimaryResult().getLabel() + parameters;
  }

  private static double nanos(RunResult result) {
    return result.getPrimaryResult().getStatistics().getMin();
  }

  private static double bytes(RunResult result) {
    Result<?> normalized =
        Objects.requireNonNull(result.getSecondaryResults().get("gc.alloc.rate.norm"));
    return normalized.getScore();
  }
}
