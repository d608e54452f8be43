package dev.userservice.replication;

import dev.userservice.wal.LogPosition;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Chooses a shard's primary among the servers that answer as one. Most of the time there is one. If
 * there are several, or one that has less of the log than the last primary had, then the operator
 * or a person has made a mistake, and the choice follows the evidence:
 *
 * <ol>
 *   <li>a server that replicas stream from is preferred to one without replicas;
 *   <li>a server that appeared without replicas beside the last primary, while that had replicas or
 *       was on the same timeline, waits: until replicas stream from it, or until the last primary
 *       is gone and it is known to have been promoted with all of the log;
 *   <li>a server on a higher timeline is preferred;
 *   <li>the last primary is preferred to any other server on its timeline;
 *   <li>a server that has less of the log than the last primary had is chosen only after replicas
 *       have streamed from it for {@value #SETTLED_SECONDS} s, in which a former primary that comes
 *       back would lose its replicas;
 *   <li>between servers that cannot be told apart none is chosen: the shard has no primary.
 * </ol>
 *
 * <p>Nothing is chosen for the first time before each server has answered once or failed. Not
 * thread-safe.
 */
final class PrimaryChoice {

  private static final int SETTLED_SECONDS = 5;
  private static final long SETTLED_NANOS = TimeUnit.SECONDS.toNanos(SETTLED_SECONDS);

  private final Set<MonitoredEndpoint> denied = new HashSet<>();
  private @Nullable MonitoredEndpoint last;
  private LogPosition begin = new LogPosition(1, 0);
  private LogPosition reached = new LogPosition(1, 0);
  private Set<MonitoredEndpoint> besideLast = Set.of();
  private @Nullable MonitoredEndpoint returning;
  private long returningSinceNanos;

  /**
   * What was chosen.
   *
   * @param primary the primary, if there is one
   * @param objection why a server that answers as a primary is not used; empty if all is well
   */
  record Choice(Optional<MonitoredEndpoint> primary, String objection) {}

  /** The last primary that was used; null before the first. */
  @Nullable MonitoredEndpoint last() {
    return last;
  }

  /** How far the log of the last primary was seen. */
  LogPosition reached() {
    return reached;
  }

  /** Takes in that the last primary has come further. */
  void reached(LogPosition position) {
    if (position.isBeyond(reached)) {
      reached = position;
    }
  }

  /** Where the last primary was when it was chosen. */
  LogPosition begin() {
    return begin;
  }

  /** Takes in that the chosen server is used from now on, as one of these. */
  void used(MonitoredEndpoint chosen, List<MonitoredEndpoint> servers) {
    last = chosen;
    begin = chosen.position();
    reached = begin;
    besideLast = Set.copyOf(servers);
    denied.remove(chosen);
  }

  /**
   * Whether a server on the timeline of the last primary had belonged to the shard when that was
   * chosen: then both were primaries, and each has log that the other lacks.
   */
  boolean contradicts(MonitoredEndpoint server) {
    return last != null
        && !isLast(server)
        && besideLast.contains(server)
        && timeline(server) == reached.timeline();
  }

  /** Whether the server has less of the log than the last primary had. */
  boolean goesBack(MonitoredEndpoint server) {
    return last != null && reached.isBeyond(server.position());
  }

  /** Chooses among the servers as they are known now. */
  Choice among(List<MonitoredEndpoint> servers, long nowNanos) {
    if (last == null && !servers.stream().allMatch(MonitoredEndpoint::heard)) {
      return new Choice(Optional.empty(), "");
    }
    List<MonitoredEndpoint> claiming =
        servers.stream().filter(server -> server.state().role() == Role.PRIMARY).toList();
    deny(claiming);
    Optional<MonitoredEndpoint> best = claiming.stream().max(this::compare);
    boolean settled = best.isPresent() && mayFollow(best.get(), nowNanos);
    boolean alone = claiming.stream().filter(one -> isAsGood(one, best)).count() <= 1;
    Optional<MonitoredEndpoint> primary = settled && alone ? best : Optional.empty();
    boolean asExpected = claiming.size() == primary.stream().count();
    return new Choice(primary, asExpected ? "" : objection(claiming, primary));
  }

  private void deny(List<MonitoredEndpoint> claiming) {
    denied.removeIf(server -> !claiming.contains(server) || isFollowed(server));
    MonitoredEndpoint present = claiming.stream().filter(this::isLast).findFirst().orElse(null);
    for (MonitoredEndpoint other : claiming) {
      if (present != null && other != present && !isFollowed(other) && isBeside(present, other)) {
        denied.add(other);
      }
    }
  }

  private static boolean isBeside(MonitoredEndpoint present, MonitoredEndpoint other) {
    return isFollowed(present) || timeline(other) <= timeline(present);
  }

  private boolean isLast(MonitoredEndpoint server) {
    return last != null && last.endpoint().toString().equals(server.endpoint().toString());
  }

  private boolean mayFollow(MonitoredEndpoint best, long nowNanos) {
    if (!isLast(best) && goesBack(best) && isFollowed(best)) {
      if (returning != best) {
        returning = best;
        returningSinceNanos = nowNanos;
      }
      return nowNanos - returningSinceNanos >= SETTLED_NANOS;
    }
    returning = null;
    return isLast(best)
        || (!goesBack(best) && (!denied.contains(best) || beganWithAllThatWasReached(best)));
  }

  /** Whether the server was promoted with all of the log that the last primary is known to have. */
  private boolean beganWithAllThatWasReached(MonitoredEndpoint server) {
    long beganAt = server.state().beganAt();
    return timeline(server) == reached.timeline() + 1
        && beganAt != EndpointState.UNKNOWN_BEGIN
        && Long.compareUnsigned(beganAt, reached.lsn()) >= 0;
  }

  private int compare(MonitoredEndpoint one, MonitoredEndpoint other) {
    return Comparator.comparing(PrimaryChoice::isFollowed)
        .thenComparing(server -> !denied.contains(server))
        .thenComparing(PrimaryChoice::timeline)
        .thenComparing(this::isLast)
        .compare(one, other);
  }

  private boolean isAsGood(MonitoredEndpoint one, Optional<MonitoredEndpoint> best) {
    return best.isPresent() && compare(one, best.get()) == 0;
  }

  private static boolean isFollowed(MonitoredEndpoint server) {
    return server.state().followers() > 0;
  }

  private static int timeline(MonitoredEndpoint server) {
    return server.state().position().timeline();
  }

  private String objection(List<MonitoredEndpoint> claiming, Optional<MonitoredEndpoint> primary) {
    String claims = claiming.stream().map(this::claim).collect(Collectors.joining(", "));
    String decision =
        primary
            .map(chosen -> chosen.endpoint() + " is used")
            .orElse("none of them is used, and the shard takes no writes");
    return claims + ": " + decision;
  }

  private String claim(MonitoredEndpoint server) {
    return "%s is a primary on timeline %d, %s%s"
        .formatted(
            server.endpoint(),
            timeline(server),
            isFollowed(server) ? "with replicas" : "without replicas",
            goesBack(server) ? ", with less of the log than the last primary had" : "");
  }
}
