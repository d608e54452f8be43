package dev.userservice.history;

import static java.util.stream.Collectors.groupingBy;

import dev.userservice.history.Violation.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Judges the calls on one key, in time proportional to n log n, but for linearizability: see {@link
 * LinearizabilityChecker}.
 */
final class KeyJudge {

  private final KeyHistory key;
  private final Floors floors;
  private final List<Violation> found = new ArrayList<>();

  private KeyJudge(KeyHistory key) {
    this.key = key;
    this.floors = new Floors(key.acknowledged());
  }

  static List<Violation> judge(KeyHistory key) {
    KeyJudge judge = new KeyJudge(key);
    judge.writtenAndBounded();
    judge.linearizableAndDurable();
    judge.monotonicWrites();
    key.events().stream()
        .collect(groupingBy(Event::session))
        .values()
        .forEach(judge::sessionGuarantees);
    return judge.found;
  }

  private void writtenAndBounded() {
    for (Event event : key.answeredReads()) {
      if (!key.wasWritten(event)) {
        found.add(new Violation(Promise.WRITTEN, event));
      }
      Duration bound = event.bound();
      if (bound != null
          && floors.exclude(key.end(event.value()), event.begin() - bound.toNanos())) {
        found.add(new Violation(Promise.BOUNDED, event));
      }
    }
  }

  private void linearizableAndDurable() {
    LinearizabilityChecker.firstUnexplained(Event.ABSENT, key.strong())
        .ifPresent(culprit -> found.add(new Violation(Promise.LINEARIZABLE, culprit)));
    key.settlement()
        .filter(read -> floors.exclude(key.end(read.value()), read.begin()))
        .ifPresent(read -> found.add(new Violation(Promise.DURABLE, read)));
  }

  private void monotonicWrites() {
    Map<String, Floors> ofWriters = new HashMap<>();
    key.acknowledged().stream()
        .collect(groupingBy(Event::session))
        .forEach((session, writes) -> ofWriters.put(session, new Floors(writes)));
    for (Event event : key.answeredReads()) {
      Optional<Floors> ofWriter = key.writer(event.value()).map(ofWriters::get);
      if (event.isStrong()
          && ofWriter.isPresent()
          && ofWriter.get().exclude(key.end(event.value()), event.begin())) {
        found.add(new Violation(Promise.MONOTONIC_WRITES, event));
      }
    }
  }

  private void sessionGuarantees(List<Event> session) {
    long written = Long.MIN_VALUE;
    long seen = Long.MIN_VALUE;
    for (Event event : session) {
      if (!event.isDone()) {
        continue;
      }
      if (event.isWrite()) {
        written = Math.max(written, event.begin());
        continue;
      }
      if (event.isSession() && key.end(event.value()) < written) {
        found.add(new Violation(Promise.READ_YOUR_WRITES, event));
      }
      if (event.isSession() && key.end(event.value()) < seen) {
        found.add(new Violation(Promise.MONOTONIC_READS, event));
      }
      seen = Math.max(seen, key.begin(event.value()));
    }
  }
}
