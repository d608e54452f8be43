package dev.userservice.election;

import dev.userservice.Simulation;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** Delivers calls from processes to stores: late, twice and out of order, or not at all. */
public final class SimulatedNetwork {

  private final Simulation simulation;
  private final SplittableRandom random;
  private final long callNanos;
  private final Set<String> cut = new HashSet<>();
  private final Map<String, Long> busyUntil = new HashMap<>();
  private double loss;
  private double meanDelayNanos = 2_000_000;

  SimulatedNetwork(Simulation simulation, long callNanos) {
    this.simulation = simulation;
    this.random = simulation.source();
    this.callNanos = callNanos;
  }

  void loss(double share) {
    loss = share;
  }

  void meanDelay(double nanos) {
    meanDelayNanos = nanos;
  }

  /** Nothing passes between the two any more, in either direction. */
  void cut(String process, String store) {
    cut.add(process + "/" + store);
  }

  void heal() {
    cut.clear();
    loss = 0;
    meanDelayNanos = 2_000_000;
  }

  /** The way from a process to a store. */
  Link link(SimulatedProcess process, SimulatedStore store) {
    SimulatedNetwork network = this;
    return new Link() {
      @Override
      public <T> CompletionStage<T> call(Supplier<T> work) {
        return network.call(process, store, work);
      }
    };
  }

  /** Runs the work at the store, which may be down; what it answers comes back to the process. */
  public <T> CompletionStage<T> call(
      SimulatedProcess process, SimulatedStore store, Supplier<T> work) {
    CompletableFuture<T> answer = new CompletableFuture<>();
    process.after(callNanos, () -> answer.completeExceptionally(new TimeoutException()));
    if (lost(process, store)) {
      return answer;
    }
    simulation.after(
        inOrder(process, store),
        () -> {
          if (!store.down()) {
            T result = work.get();
            if (!lost(process, store)) {
              simulation.after(delay(), () -> process.execute(() -> answer.complete(result)));
            }
          }
        });
    return answer;
  }

  // One connection carries a process's calls to a store, one after the other.
  private long inOrder(SimulatedProcess process, SimulatedStore store) {
    String connection = process.name() + "/" + store.name();
    long arrival = Math.max(simulation.now() + delay(), busyUntil.getOrDefault(connection, 0L));
    busyUntil.put(connection, arrival);
    return arrival - simulation.now();
  }

  private boolean lost(SimulatedProcess process, SimulatedStore store) {
    return cut.contains(process.name() + "/" + store.name()) || random.nextDouble() < loss;
  }

  private long delay() {
    return (long) (-meanDelayNanos * Math.log1p(-random.nextDouble()));
  }
}
