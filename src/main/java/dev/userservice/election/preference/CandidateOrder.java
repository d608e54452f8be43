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
 * How long a candidate holds back so that a preferred one may come first: not at all if none is
 * preferred to it, and less than one retry period however many are. Whoever has shown no sign of
 * life for a lease is not waited for. A candidate that knows a newer schema is preferred whatever
 * the preference, since nobody else can migrate to it.
 *
 * <p>By time of registration, then by name, candidates are in one total order, as the requests for
 * Lamport's mutual exclusion are (<i>Time, Clocks, and the Ordering of Events</i>, 1978); that the
 * first one alive wins is the bully algorithm (Garcia-Molina, 1982) without its messages.
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

  /** Takes in who stands. */
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

  /** Draws the random part of the wait anew. */
  public void draw() {
    drawn = clock.random().nextDouble();
  }

  /**
   * How long to wait after a leadership became free.
   *
   * @param former who had it, and is waited for by nobody
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

  /** A living candidate that knows a newer schema, seen to live on. */
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
