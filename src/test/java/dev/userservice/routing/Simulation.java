package dev.userservice.routing;

import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.SplittableRandom;

/** A discrete-event simulation in virtual time: minutes of traffic in a second, repeatable. */
final class Simulation {

  private record Event(long at, long sequence, Runnable action) {}

  private static final Comparator<Event> ORDER =
      Comparator.comparingLong(Event::at).thenComparingLong(Event::sequence);

  private final PriorityQueue<Event> events = new PriorityQueue<>(ORDER);
  private final SplittableRandom random;
  private final long seed;
  private long sequence;
  private long now;

  Simulation(long seed) {
    this.seed = seed;
    this.random = new SplittableRandom(seed);
  }

  /** The seed of the run: given by the system property, or a new one each time. */
  static Simulation seeded() {
    Simulation simulation = new Simulation(Long.getLong("simulation.seed", System.nanoTime()));
    System.out.println("-Dsimulation.seed=" + simulation.seed);
    return simulation;
  }

  long seed() {
    return seed;
  }

  long now() {
    return now;
  }

  void after(long delayNanos, Runnable action) {
    events.add(new Event(now + delayNanos, sequence++, action));
  }

  void runUntil(long nanos) {
    while (!events.isEmpty() && events.element().at() <= nanos) {
      Event next = events.remove();
      now = next.at();
      next.action().run();
    }
    now = nanos;
  }

  /** Independent arrivals, so many a second on average, from now until the end. */
  void arrivals(double perSecond, long untilNanos, Runnable arrival) {
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

  long exponential(double mean) {
    return (long) (-mean * Math.log1p(-random.nextDouble()));
  }

  /** Evenly between the mean less and plus the share of it. */
  long around(double mean, double share) {
    return (long) (mean * (1 + share * (2 * random.nextDouble() - 1)));
  }

  /** A source for one strategy, its own so that strategies do not disturb each other. */
  RandomSource source() {
    return random.split()::nextLong;
  }
}
