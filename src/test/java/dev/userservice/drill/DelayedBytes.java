package dev.userservice.drill;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One direction of a proxied connection: bytes are forwarded in the order of their arrival, each no
 * earlier than its delay after its arrival, and none while forwarding is stopped. A delay does not
 * limit throughput. Belongs to one event loop.
 */
final class DelayedBytes {

  private final Vertx vertx;
  private final NetSocket to;
  private final Deque<Due> waiting = new ArrayDeque<>();
  private boolean stopped;
  private boolean timerSet;

  DelayedBytes(Vertx vertx, NetSocket to, boolean stopped) {
    this.vertx = vertx;
    this.to = to;
    this.stopped = stopped;
  }

  /** Adds bytes. Null is the end of the stream, which keeps its place in the order. */
  void accept(@Nullable Buffer bytes, long delayNanos) {
    waiting.add(new Due(bytes, System.nanoTime() + delayNanos));
    drain();
  }

  void stop() {
    stopped = true;
  }

  void goOn() {
    stopped = false;
    drain();
  }

  private void drain() {
    while (!stopped && !waiting.isEmpty()) {
      Due next = waiting.getFirst();
      long early = next.at() - System.nanoTime();
      if (early > 0) {
        awaken(early);
        return;
      }
      waiting.removeFirst();
      leave(next.bytes());
    }
  }

  private void leave(@Nullable Buffer bytes) {
    if (bytes == null) {
      to.end();
    } else {
      // Fails only when the connection is gone, which its close handler sees too.
      to.write(bytes);
    }
  }

  private void awaken(long nanos) {
    if (!timerSet) {
      timerSet = true;
      long millis = Math.max(1, TimeUnit.NANOSECONDS.toMillis(nanos + 999_999));
      vertx.setTimer(
          millis,
          fired -> {
            timerSet = false;
            drain();
          });
    }
  }

  private record Due(@Nullable Buffer bytes, long at) {}
}
