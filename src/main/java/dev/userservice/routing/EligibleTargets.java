package dev.userservice.routing;

import dev.userservice.routing.strategy.Candidates;
import dev.userservice.routing.strategy.Strategy;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The targets that one read may be sent to. The same list serves the next read, so that choosing
 * allocates nothing. Belongs to one thread at a time.
 */
final class EligibleTargets {

  private final Candidates candidates = new Candidates();
  private @Nullable ReadTarget[] targets = new ReadTarget[8];

  void clear() {
    candidates.clear();
  }

  void add(ReadTarget target) {
    if (candidates.size() == targets.length) {
      targets = Arrays.copyOf(targets, targets.length * 2);
    }
    targets[candidates.size()] = target;
    candidates.add(target.candidate());
  }

  /** The target that the strategy chooses; null when there is none. */
  @Nullable ReadTarget choose(Strategy strategy, long nowNanos) {
    return candidates.size() == 0
        ? null
        : Objects.requireNonNull(targets[strategy.choose(candidates, nowNanos)]);
  }
}
