package dev.userservice.replication;

import dev.userservice.datasource.Failure;
import dev.userservice.wal.LogPosition;
import io.vertx.core.AsyncResult;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** Asks primaries where their timelines began, each one question at a time. Thread-safe. */
final class TimelineQuestions {

  private final Listener listener;
  private final Set<MonitoredEndpoint> asked = ConcurrentHashMap.newKeySet();

  /** Takes in the answers. */
  @FunctionalInterface
  interface Listener {

    /**
     * Called with each answer, on any thread.
     *
     * @param position where the primary was when it was asked
     * @param begins where timelines began, as far as known
     */
    void learned(LogPosition position, SortedMap<Integer, Long> begins);
  }

  TimelineQuestions(Listener listener) {
    this.listener = listener;
  }

  /**
   * Asks a primary, unless it owes an answer. A primary that is lost gives none; the next probe
   * leads to the next question. One without the schema knows nothing: no session has seen anything.
   */
  void ask(MonitoredEndpoint primary) {
    LogPosition position = primary.position();
    if (position.timeline() == 1) {
      listener.learned(position, new TreeMap<>());
    } else if (asked.add(primary)) {
      TimelineBegins.recordAndRead(primary.connections().probes())
          .onComplete(read -> answered(primary, position, read));
    }
  }

  private void answered(
      MonitoredEndpoint primary, LogPosition position, AsyncResult<SortedMap<Integer, Long>> read) {
    asked.remove(primary);
    if (read.failed() && Failure.of(read.cause()) != Failure.STATEMENT) {
      return;
    }
    SortedMap<Integer, Long> begins = new TreeMap<>();
    if (read.succeeded()) {
      begins.putAll(read.result());
    }
    long beganAt = primary.state().beganAt();
    if (beganAt != EndpointState.UNKNOWN_BEGIN) {
      begins.putIfAbsent(position.timeline(), beganAt);
    }
    listener.learned(position, begins);
  }
}
