package dev.userservice.history;

import java.util.List;

/**
 * What is wrong with a history.
 *
 * @param violations the answers that break a promise
 * @param lost the writes that explain other answers, as lost in a failover, and which the service
 *     has named
 */
public record Judgement(List<Violation> violations, List<Event> lost) {

  /** Copies the lists. */
  public Judgement {
    violations = List.copyOf(violations);
    lost = List.copyOf(lost);
  }

  /** Those of the lost writes that were acknowledged. */
  public List<Event> lostAcknowledged() {
    return lost.stream().filter(Event::isDone).toList();
  }

  @Override
  public String toString() {
    return "%d violations, %d writes named as lost, %d of them acknowledged"
        .formatted(violations.size(), lost.size(), lostAcknowledged().size());
  }
}
