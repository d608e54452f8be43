package dev.userservice.routing.strategy;

import io.smallrye.faulttolerance.api.TypedGuard;
import io.smallrye.stork.Stork;
import io.smallrye.stork.api.Service;
import io.smallrye.stork.api.ServiceDefinition;
import io.smallrye.stork.api.ServiceInstance;
import io.smallrye.stork.api.config.ConfigWithType;
import jakarta.enterprise.util.TypeLiteral;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What one choice costs, run and judged by {@link ChoiceCostIT}. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 20, time = 200, timeUnit = TimeUnit.MILLISECONDS)
@Fork(1)
public class ChoiceBenchmark {

  private record Settings(String type, Map<String, String> parameters) implements ConfigWithType {}

  /** Three servers with calls under way and latencies known, as in the midst of traffic. */
  @State(Scope.Thread)
  public static class Ours {

    /** The strategy, by its name in the code. */
    @Param({"RANDOM", "ROUND_ROBIN", "WEIGHTED", "LEAST_RESPONSE_TIME", "WEIGHTED_LEAST_LATENCY"})
    public StrategyName strategy = StrategyName.RANDOM;

    private Strategy chooser = new RoundRobin();
    private final Candidates candidates = new Candidates();
    private long now = 1_000_000_000;

    /** Brings the servers into that state. */
    @Setup
    public void prepare() {
      chooser = strategy.create(RetrySettings.DEFAULT, RandomSource.perThread());
      for (int index = 0; index < 3; index++) {
        Candidate candidate =
            new Candidate("server-" + index, 1 + index, CandidateSettings.DEFAULT, 0);
        candidate.sent(now);
        candidate.answered(now, 300_000 + 50_000L * index);
        candidate.sent(now);
        candidates.add(candidate);
      }
    }

    int choose() {
      return chooser.choose(candidates, now);
    }

    int call() {
      now += 10_000;
      int index = chooser.choose(candidates, now);
      Candidate candidate = candidates.get(index);
      candidate.sent(now);
      candidate.answered(now, 300_000);
      return index;
    }
  }

  /** Stork with three instances from a static list. */
  @SuppressWarnings("NullAway.Init") // JMH calls prepare() first
  @State(Scope.Thread)
  public static class Storks {

    /** The load balancer, by its name in Stork's configuration. */
    @Param({"random", "round-robin", "least-response-time", "weighted", "weighted-least-latency"})
    public String balancer = "random";

    private Service service;
    private List<ServiceInstance> instances = List.of();

    /** Defines the service. */
    @Setup
    public void prepare() {
      Stork.initialize();
      Stork.getInstance()
          .defineIfAbsent(
              "peers",
              ServiceDefinition.of(
                  new Settings("static", Map.of("address-list", "a:1,b:2,c:3")),
                  new Settings(balancer, Map.of())));
      service = Stork.getInstance().getService("peers");
      instances = service.getInstances().await().indefinitely();
    }

    ServiceInstance call() {
      ServiceInstance chosen = service.selectInstanceAndRecordStart(instances, true);
      if (chosen.gatherStatistics()) {
        chosen.recordReply();
        chosen.recordEnd(null);
      }
      return chosen;
    }
  }

  /** A circuit breaker around a call that is answered already. */
  @State(Scope.Thread)
  public static class Guarded {

    private final CompletionStage<String> answer = CompletableFuture.completedFuture("answer");
    private final TypedGuard<CompletionStage<String>> guard =
        TypedGuard.create(new TypeLiteral<CompletionStage<String>>() {})
            .withCircuitBreaker()
            .done()
            .build();

    CompletionStage<String> call() throws Exception {
      return guard.call(() -> answer);
    }
  }

  /** The choice alone. */
  @Benchmark
  public int choice(Ours ours) {
    return ours.choose();
  }

  /** The choice and the books of one call. */
  @Benchmark
  public int choiceAndAnswer(Ours ours) {
    return ours.call();
  }

  /** The same by Stork, given the instances. */
  @Benchmark
  public ServiceInstance storkChoiceAndAnswer(Storks storks) {
    return storks.call();
  }

  /** The circuit breaker alone. */
  @Benchmark
  public CompletionStage<String> circuitBreaker(Guarded guarded) throws Exception {
    return guarded.call();
  }
}
