package dev.userservice.election;

import dev.userservice.Simulation;
import dev.userservice.election.lock.ElectionLoop;
import dev.userservice.time.Ticker;
import java.time.Instant;

/**
 * A process whose clock is a little fast or slow and shows a wrong time of day. It may be killed,
 * or paused: its work is then delayed.
 */
public final class SimulatedProcess implements ElectionLoop {

  private final Simulation simulation;
  private final String name;
  private final double rate;
  private final long wallOffsetNanos;
  private long pausedUntil;
  private boolean killed;

  SimulatedProcess(Simulation simulation, String name, double rate, long wallOffsetNanos) {
    this.simulation = simulation;
    this.name = name;
    this.rate = rate;
    this.wallOffsetNanos = wallOffsetNanos;
  }

  String name() {
    return name;
  }

  Ticker ticker() {
    return () -> (long) (simulation.now() * rate);
  }

  public Instant wallClock() {
    return Instant.EPOCH.plusNanos(ticker().nanos() + wallOffsetNanos + 7_200_000_000_000L);
  }

  void pauseUntil(long nanos) {
    pausedUntil = Math.max(pausedUntil, nanos);
  }

  void resume() {
    pausedUntil = simulation.now();
  }

  void kill() {
    killed = true;
  }

  boolean running() {
    return !killed && simulation.now() >= pausedUntil;
  }

  @Override
  public void execute(Runnable work) {
    after(0, work);
  }

  @Override
  public void after(long nanos, Runnable work) {
    simulation.after((long) Math.ceil(nanos / rate), () -> run(work));
  }

  private void run(Runnable work) {
    if (killed) {
      return;
    }
    if (simulation.now() < pausedUntil) {
      simulation.after(pausedUntil - simulation.now(), () -> run(work));
    } else {
      work.run();
    }
  }
}
