package dev.userservice.routing.strategy;

import dev.userservice.Simulation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** One process that sends calls by a strategy, and knows of the servers what it sees itself. */
public final class SimulatedRouter {

  static final CandidateSettings SETTINGS = CandidateSettings.DEFAULT;
  public static final RetrySettings RETRY = RetrySettings.DEFAULT;

  private final Simulation simulation;
  private final Strategy strategy;
  private final List<SimulatedServer> servers;
  private final List<Candidate> members = new ArrayList<>();
  private final Candidates candidates = new Candidates();
  private final long deadlineNanos;
  private final int[] chosen;
  private long[] latencies = new long[1024];
  private int succeeded;
  private int failed;

  SimulatedRouter(
      Simulation simulation,
      Strategy strategy,
      List<SimulatedServer> servers,
      double[] weights,
      long deadlineNanos) {
    this.simulation = simulation;
    this.strategy = strategy;
    this.servers = servers;
    this.deadlineNanos = deadlineNanos;
    this.chosen = new int[servers.size()];
    for (int index = 0; index < servers.size(); index++) {
      members.add(new Candidate("s" + index, weights[index], SETTINGS, simulation.now()));
      candidates.add(members.get(index));
    }
  }

  public List<Candidate> members() {
    return members;
  }

  /** How often each server was chosen. */
  public int[] chosen() {
    return chosen;
  }

  public int failed() {
    return failed;
  }

  double successRate() {
    return (double) succeeded / (succeeded + failed);
  }

  /** The latency that the share of the successful calls did not exceed. */
  public long percentile(double share) {
    long[] sorted = Arrays.copyOf(latencies, succeeded);
    Arrays.sort(sorted);
    return sorted[(int) (share * (succeeded - 1))];
  }

  /** Counts from here on. */
  public void forgetCounts() {
    Arrays.fill(chosen, 0);
    succeeded = 0;
    failed = 0;
  }

  void send() {
    send(() -> {});
  }

  /** Keeps so many calls under way for ever. */
  void keepBusy(int concurrency) {
    for (int call = 0; call < concurrency; call++) {
      sendAgain();
    }
  }

  private void sendAgain() {
    send(this::sendAgain);
  }

  private void send(Runnable afterwards) {
    long sentAt = simulation.now();
    int index = strategy.choose(candidates, sentAt);
    chosen[index]++;
    Candidate candidate = members.get(index);
    candidate.sent(sentAt);
    Call call = new Call(candidate, sentAt, afterwards);
    simulation.after(deadlineNanos, call::deadline);
    servers.get(index).ask(call::answer);
  }

  private final class Call {

    private final Candidate candidate;
    private final long sentAt;
    private final Runnable afterwards;
    private boolean over;

    Call(Candidate candidate, long sentAt, Runnable afterwards) {
      this.candidate = candidate;
      this.sentAt = sentAt;
      this.afterwards = afterwards;
    }

    void answer() {
      if (!over) {
        over = true;
        long latency = simulation.now() - sentAt;
        candidate.answered(simulation.now(), latency);
        observe(latency);
        if (succeeded == latencies.length) {
          latencies = Arrays.copyOf(latencies, succeeded * 2);
        }
        latencies[succeeded++] = latency;
        afterwards.run();
      }
    }

    void deadline() {
      if (!over) {
        over = true;
        candidate.failed(simulation.now(), deadlineNanos);
        observe(deadlineNanos);
        failed++;
        afterwards.run();
      }
    }

    private void observe(long latency) {
      if (strategy instanceof FinaglePeakEwma rival) {
        rival.observe(candidate, simulation.now(), latency);
      }
    }
  }
}
