package dev.userservice.history;

import java.util.List;

/**
 * What is wrong with a history.
 *
 * @param violations the answers that break a promise
 * @param lost writes that were never acknowledged, were shown to somebody, and explain other
 *     answers as lost in a failover, and which the service has named
 */
public record Judgement(List<Violation> violations, List<Event> lost) {

  /** Copies the lists. */
  public Judgement {
    violations = List.copyOf(violations);
    lost = List.copyOf(lost);
  }

  @Override
  public String toString() {
    return "%d violations, %d unacknowledged writes named as lost"
        .formatted(violations.size(), lost.size());
  }
}
