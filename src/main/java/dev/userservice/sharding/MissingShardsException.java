package dev.userservice.sharding;

import dev.userservice.http.ProblemException;
import dev.userservice.http.ProblemType;
import java.util.SortedMap;

/** A read of several shards lacks the answer of at least one; a part would mislead the caller. */
final class MissingShardsException extends ProblemException {

  private static final long serialVersionUID = 1L;

  MissingShardsException(SortedMap<Integer, Throwable> failures) {
    super(
        ProblemType.UNAVAILABLE,
        "No complete answer: shards " + failures.keySet() + " did not answer.",
        failures.get(failures.firstKey()));
    failures.values().stream().skip(1).forEach(this::addSuppressed);
  }
}
