package dev.userservice.election.preference;

import dev.userservice.election.lock.ElectionClock;
import dev.userservice.election.lock.Observed;
import dev.userservice.election.vote.Candidacy;
import dev.userservice.election.vote.Candidate;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The wait of a candidate after the lock became free, so that preferred candidates take it first:
 * none if no other candidate is preferred, and less than one retry period for any number of them. A
 * candidate that was silent for a lease is ignored. A candidate with a newer schema is always
 * preferred, since no other process can migrate to it.
 *
 * <p>Candidates are in one total order by time of registration, then by name, as the requests for
 * Lamport's mutual exclusion are (<i>Time, Clocks, and the Ordering of Events</i>, 1978). The first
 * one that is alive wins, as in the bully algorithm (Garcia-Molina, 1982).
 *
 * <p>Belongs to the election's loop.
 */
public final class CandidateOrder {

  private static final Comparator<Candidate> OLDEST =
      Comparator.comparingLong(Candidate::registeredAt)
          .thenComparing(candidate -> candidate.candidacy().identity());
  private static final Comparator<Candidate> NEWEST_VERSION =
      Comparator.comparing((Candidate candidate) -> candidate.candidacy().version())
          .reversed()
          .thenComparing(OLDEST);

  private final Preference preference;
  private final Candidacy self;
  private final ElectionClock clock;
  private final Map<String, Observed<Candidate>> others = new HashMap<>();
  private Candidate own;
  private double drawn;

  public CandidateOrder(Preference preference, Candidacy self, ElectionClock clock) {
    this.preference = preference;
    this.self = self;
    this.clock = clock;
    this.own = new Candidate(self, Long.MAX_VALUE, 0);
    draw();
  }

  /** Replaces the known candidates. */
  void saw(List<Candidate> candidates) {
    long now = clock.now();
    for (Candidate candidate : candidates) {
      String identity = candidate.candidacy().identity();
      if (identity.equals(self.identity())) {
        own = candidate;
      } else {
        others.computeIfAbsent(identity, added -> new Observed<>()).see(candidate, now);
      }
    }
    others
        .keySet()
        .removeIf(
            identity ->
                candidates.stream()
                    .noneMatch(each -> each.candidacy().identity().equals(identity)));
  }

  /** Draws a new random part of the wait. */
  public void draw() {
    drawn = clock.random().nextDouble();
  }

  /**
   * The wait after the lock became free, in nanoseconds.
   *
   * @param former the last holder, which is not waited for; null if unknown
   */
  public long delayNanos(@Nullable String former) {
    int preferred =
        (int)
            alive()
                .filter(other -> !other.candidacy().identity().equals(former))
                .filter(this::comesFirst)
                .count();
    double share = 1 - Math.pow(0.5, preferred);
    if (preference == Preference.RANDOM) {
      share = Math.max(share, drawn);
    } else if (preferred > 0) {
      share = (share * 7 + drawn) / 8;
    }
    return (long) (clock.timing().retryNanos() * share);
  }

  /** A candidate that knows a newer schema and was seen to be alive, not only to be registered. */
  Optional<Candidacy> newer() {
    return others.values().stream()
        .filter(Observed::hasChanged)
        .flatMap(this::alive)
        .filter(this::knowsNewerSchema)
        .map(Candidate::candidacy)
        .findFirst();
  }

  private Stream<Candidate> alive() {
    return others.values().stream().flatMap(this::alive);
  }

  private Stream<Candidate> alive(Observed<Candidate> other) {
    boolean alive = clock.now() - other.changedAtNanos() <= clock.timing().leaseNanos();
    return alive ? Stream.ofNullable(other.value()) : Stream.empty();
  }

  private boolean comesFirst(Candidate other) {
    int schema = Integer.compare(other.candidacy().version().schema(), self.version().schema());
    if (schema != 0) {
      return schema > 0;
    }
    return switch (preference) {
      case ANY, RANDOM -> false;
      case OLDEST -> OLDEST.compare(other, own) < 0;
      case NEWEST_VERSION -> NEWEST_VERSION.compare(other, own) < 0;
    };
  }

  private boolean knowsNewerSchema(Candidate other) {
    return other.candidacy().version().schema() > self.version().schema();
  }
}
