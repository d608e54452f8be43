package dev.userservice.routing.strategy;

import dev.userservice.Simulation;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.LongSupplier;

/** A server with so many workers; what comes while all are busy waits in line. */
public final class SimulatedServer {

  private final Simulation simulation;
  private final int workers;
  private final Queue<Runnable> waiting = new ArrayDeque<>();
  private LongSupplier serviceNanos;
  private int busy;

  public SimulatedServer(Simulation simulation, int workers, LongSupplier serviceNanos) {
    this.simulation = simulation;
    this.workers = workers;
    this.serviceNanos = serviceNanos;
  }

  /** From now on a call takes this long, waiting in line not included. */
  public void becomes(LongSupplier next) {
    serviceNanos = next;
  }

  void ask(Runnable onAnswer) {
    waiting.add(onAnswer);
    serve();
  }

  /** Calls that it works on or that wait. */
  public int load() {
    return busy + waiting.size();
  }

  private void serve() {
    if (busy < workers && !waiting.isEmpty()) {
      busy++;
      Runnable onAnswer = waiting.remove();
      simulation.after(
          serviceNanos.getAsLong(),
          () -> {
            busy--;
            onAnswer.run();
            serve();
          });
    }
  }
}
