package dev.userservice.election.vote;

import dev.userservice.election.Link;
import dev.userservice.election.SimulatedStore;
import dev.userservice.election.Verdict;
import dev.userservice.election.lock.ElectionClock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A shard's primary in an election: a model of the SQL functions in a few lines. */
public final class SimulatedShard extends SimulatedStore {

  private final boolean fencing;
  private final Verdict verdict;
  private final Map<String, Candidate> candidates = new HashMap<>();
  private long promised;
  private @Nullable String holder;
  private long renewals;
  private long leaseMillis;
  private long registrations;
  private long fence;
  private boolean refusing;

  public SimulatedShard(String name, boolean fencing, Verdict verdict) {
    super(name);
    this.fencing = fencing;
    this.verdict = verdict;
  }

  /** Carries a leader's statement out, or refuses it. */
  public boolean execute(long epoch, String leader) {
    if (fencing && epoch < fence) {
      return false;
    }
    fence = Math.max(fence, epoch);
    verdict.accepted(name(), epoch, leader);
    return true;
  }

  /** Grants nothing from now on, or does so again. */
  public void refuseAll(boolean now) {
    refusing = now;
  }

  /** The shards as one process reaches them. */
  public static Voters voters(
      List<SimulatedShard> shards, Function<SimulatedShard, Link> links, ElectionClock clock) {
    return new Voters(
        shards.stream().map(shard -> shard.voter(links.apply(shard))).toList(), clock);
  }

  private Voter voter(Link link) {
    return new Voter() {
      @Override
      public CompletionStage<Ballot> read() {
        return link.call(SimulatedShard.this::ballot);
      }

      @Override
      public CompletionStage<Ballot> grant(Claim claim, Ballot seen) {
        return link.call(() -> granted(claim, seen));
      }

      @Override
      public CompletionStage<Ballot> renew(Claim claim) {
        return link.call(() -> renewed(claim));
      }

      @Override
      public CompletionStage<Ballot> release(Claim claim) {
        return link.call(() -> released(claim));
      }

      @Override
      public CompletionStage<List<Candidate>> beat(Candidacy self) {
        return link.call(() -> beaten(self));
      }

      @Override
      public CompletionStage<Boolean> leave(Candidacy self) {
        return link.call(() -> candidates.remove(self.identity()) != null);
      }
    };
  }

  public Ballot granted(Claim claim, Ballot seen) {
    return !refusing
            && promised < claim.epoch()
            && promised == seen.promised()
            && renewals == seen.renewals()
        ? take(claim)
        : ballot();
  }

  public Ballot renewed(Claim claim) {
    return promised < claim.epoch()
            || (promised == claim.epoch() && (holder == null || holder.equals(claim.holder())))
        ? take(claim)
        : ballot();
  }

  public Ballot ballot() {
    return new Ballot(promised, holder, renewals, leaseMillis, Instant.EPOCH);
  }

  private Ballot take(Claim claim) {
    promised = claim.epoch();
    holder = claim.holder();
    leaseMillis = claim.leaseMillis();
    renewals++;
    return ballot();
  }

  public Ballot released(Claim claim) {
    if (ballot().grants(claim)) {
      holder = null;
      renewals++;
    }
    return ballot();
  }

  private List<Candidate> beaten(Candidacy self) {
    Candidate before = candidates.get(self.identity());
    candidates.put(
        self.identity(),
        before == null
            ? new Candidate(self, ++registrations, 0)
            : new Candidate(self, before.registeredAt(), before.beats() + 1));
    return new ArrayList<>(candidates.values());
  }
}
