package dev.userservice.sharding;

import dev.userservice.http.ProblemException;
import dev.userservice.http.ProblemType;
import java.util.Map;

/** A question to several shards has no complete answer, and a part of it would mislead. */
public final class MissingShardsException extends ProblemException {

  private static final long serialVersionUID = 1L;

  MissingShardsException(Map<Integer, Throwable> failures) {
    super(
        ProblemType.UNAVAILABLE,
        "No complete answer: shards " + failures.keySet() + " did not answer.",
        failures.values().iterator().next());
    failures.values().stream().skip(1).forEach(this::addSuppressed);
  }
}
