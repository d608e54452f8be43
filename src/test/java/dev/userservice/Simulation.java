package dev.userservice;

import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.SplittableRandom;

/** A discrete-event simulation in virtual time: minutes of traffic in a second, repeatable. */
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

  /** What repeats the run. */
  public long seed() {
    return seed;
  }

  /** Virtual nanoseconds since the beginning. */
  public long now() {
    return now;
  }

  /** Runs the action when so much virtual time has passed. */
  public void after(long delayNanos, Runnable action) {
    events.add(new Event(now + delayNanos, sequence++, action));
  }

  /** Runs everything that is due until then. */
  public void runUntil(long nanos) {
    while (!events.isEmpty() && events.element().at() <= nanos) {
      Event next = events.remove();
      now = next.at();
      next.action().run();
    }
    now = nanos;
  }

  /** Independent arrivals, so many a second on average, from now until the end. */
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

  /** A time that passes between independent events. */
  public long exponential(double mean) {
    return (long) (-mean * Math.log1p(-random.nextDouble()));
  }

  /** Evenly between the mean less and plus the share of it. */
  public long around(double mean, double share) {
    return (long) (mean * (1 + share * (2 * random.nextDouble() - 1)));
  }

  /** A source for one part, its own so that parts do not disturb each other. */
  public SplittableRandom source() {
    return random.split();
  }
}
