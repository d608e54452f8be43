package dev.userservice.drill;

import dev.userservice.datasource.Endpoint;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;

/** Counts answered reads, and which server answered them. Thread-safe. */
final class ReadTally {

  private static final int EXAMPLES = 20;

  private final Map<String, AtomicLong> byRole = new ConcurrentSkipListMap<>();
  private final Map<String, AtomicLong> byEndpoint = new ConcurrentSkipListMap<>();
  private final AtomicLong checked = new AtomicLong();
  private final AtomicLong failed = new AtomicLong();
  private final AtomicLong lostSessions = new AtomicLong();
  private final ConcurrentLinkedQueue<String> failures = new ConcurrentLinkedQueue<>();

  void checked(UserAnswer answer) {
    checked.incrementAndGet();
    ServedBy server = answer.servedBy();
    if (server != null) {
      byEndpoint.computeIfAbsent(server.endpoint(), each -> new AtomicLong()).incrementAndGet();
    }
    byRole.computeIfAbsent(answer.role(), role -> new AtomicLong()).incrementAndGet();
  }

  /** The service said that a failover may have lost what the session has seen. */
  void sessionLost() {
    lostSessions.incrementAndGet();
  }

  /** There was no answer to check. */
  void failed(UserAnswer answer) {
    if (failed.incrementAndGet() <= EXAMPLES) {
      failures.add(answer.status() + " " + answer.problem());
    }
  }

  long checked() {
    return checked.get();
  }

  /** The share of the reads that one server answered, 0 to 1. */
  double shareOf(Endpoint server) {
    AtomicLong count = byEndpoint.get(server.toString());
    return count == null ? 0 : (double) count.get() / checked();
  }

  long failed() {
    return failed.get();
  }

  List<String> failures() {
    return List.copyOf(failures);
  }

  @Override
  public String toString() {
    Map<String, String> shares = new TreeMap<>();
    byRole.forEach(
        (role, count) ->
            shares.put(role, "%.1f %%".formatted(100.0 * count.get() / checked.get())));
    return "%d checked, %d failed, %d sessions lost, served by %s"
        .formatted(checked(), failed(), lostSessions.get(), shares);
  }
}
