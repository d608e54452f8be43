package dev.userservice.routing;

import dev.userservice.routing.strategy.Candidates;
import dev.userservice.routing.strategy.Strategy;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The routes that one choice is made from, used again for the next one so that choosing allocates
 * nothing. Belongs to one thread at a time.
 */
final class Selection {

  private final Candidates candidates = new Candidates();
  private @Nullable Route[] routes = new Route[8];

  void clear() {
    candidates.clear();
  }

  void add(Route route) {
    if (candidates.size() == routes.length) {
      routes = Arrays.copyOf(routes, routes.length * 2);
    }
    routes[candidates.size()] = route;
    candidates.add(route.candidate());
  }

  Candidates candidates() {
    return candidates;
  }

  /** What the strategy chooses; null when there is nothing to choose from. */
  @Nullable Route choose(Strategy strategy, long nowNanos) {
    return candidates.size() == 0
        ? null
        : Objects.requireNonNull(routes[strategy.choose(candidates, nowNanos)]);
  }
}
