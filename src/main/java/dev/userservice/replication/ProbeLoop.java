package dev.userservice.replication;

import dev.userservice.datasource.Failure;
import dev.userservice.time.Ticker;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Probes one server until it is stopped: the next probe is due a jittered interval after the last
 * one ended, or at once when a request asks for it. Runs on one event loop.
 */
final class ProbeLoop {

  private final Vertx vertx;
  private final Context context;
  private final Ticker ticker;
  private final long intervalMillis;
  private final Probe probe;
  private final ReplicationGroup group;
  private final MonitoredEndpoint endpoint;
  private long timer = -1;
  private boolean inFlight;
  private volatile boolean stopped;

  ProbeLoop(
      Vertx vertx,
      Context context,
      Ticker ticker,
      ReplicationConfig config,
      ReplicationGroup group,
      MonitoredEndpoint endpoint) {
    this.vertx = vertx;
    this.context = context;
    this.ticker = ticker;
    this.intervalMillis = config.probeInterval().toMillis();
    this.probe = new Probe(endpoint.connections().probes(), config.probeDeadline());
    this.group = group;
    this.endpoint = endpoint;
  }

  /** Sends a probe now, unless one is in progress. */
  void probeNow() {
    context.runOnContext(ignored -> send());
  }

  /** Sends no more probes, and does not report one that is in progress as failed. */
  void stop() {
    stopped = true;
    context.runOnContext(ignored -> vertx.cancelTimer(timer));
  }

  private void send() {
    if (inFlight || stopped) {
      return;
    }
    inFlight = true;
    vertx.cancelTimer(timer);
    long sentAt = ticker.nanos();
    probe
        .send(group.question())
        .onSuccess(answer -> group.found(endpoint, answer, sentAt))
        .onFailure(this::failed)
        .onComplete(done -> scheduleNext());
  }

  private void failed(Throwable failure) {
    if (stopped) {
      return;
    }
    if (Failure.of(failure) == Failure.REJECTED) {
      group.refused(endpoint, failure);
    } else {
      group.notFound(endpoint, failure);
    }
  }

  private void scheduleNext() {
    inFlight = false;
    if (stopped) {
      return;
    }
    long tenth = Math.max(1, intervalMillis / 10);
    long jitter = ThreadLocalRandom.current().nextLong(-tenth, tenth + 1);
    timer = vertx.setTimer(intervalMillis + jitter, fired -> send());
  }
}
