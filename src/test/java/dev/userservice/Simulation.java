package dev.userservice;

import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.SplittableRandom;

/**
 * A discrete-event simulation in virtual time. It simulates minutes of traffic in a second, and is
 * repeatable.
 */
public final class Simulation {

  private record Event(long at, long sequence, Runnable action) {}

  private static final Comparator<Event> ORDER =
      Comparator.comparingLong(Event::at).thenComparingLong(Event::sequence);

  private final PriorityQueue<Event> events = new PriorityQueue<>(ORDER);
  private final SplittableRandom random;
  private final long seed;
  private long sequence;
  private long now;

  /** Repeatable by its seed. */
  public Simulation(long seed) {
    this.seed = seed;
    this.random = new SplittableRandom(seed);
  }

  /** The seed of the run: given by the system property, or a new one each time. */
  public static Simulation seeded() {
    Simulation simulation = new Simulation(Long.getLong("simulation.seed", System.nanoTime()));
    System.out.println("-Dsimulation.seed=" + simulation.seed);
    return simulation;
  }

  /** The seed that repeats the run. */
  public long seed() {
    return seed;
  }

  /** Virtual nanoseconds since the beginning. */
  public long now() {
    return now;
  }

  /** Runs the action after the given virtual time. */
  public void after(long delayNanos, Runnable action) {
    events.add(new Event(now + delayNanos, sequence++, action));
  }

  /** Runs all actions that are due until the given time. */
  public void runUntil(long nanos) {
    while (!events.isEmpty() && events.element().at() <= nanos) {
      Event next = events.remove();
      now = next.at();
      next.action().run();
    }
    now = nanos;
  }

  /** Independent arrivals at the given average rate per second, from now until the end. */
  public void arrivals(double perSecond, long untilNanos, Runnable arrival) {
    long gap = exponential(1e9 / perSecond);
    if (now + gap <= untilNanos) {
      after(
          gap,
          () -> {
            arrival.run();
            arrivals(perSecond, untilNanos, arrival);
          });
    }
  }

  /** A random time between independent events (exponential distribution). */
  public long exponential(double mean) {
    return (long) (-mean * Math.log1p(-random.nextDouble()));
  }

  /** Uniform between the mean minus and plus a share of it. */
  public long around(double mean, double share) {
    return (long) (mean * (1 + share * (2 * random.nextDouble() - 1)));
  }

  /** A random source for one part, so that parts do not influence each other. */
  public SplittableRandom source() {
    return random.split();
  }
}
