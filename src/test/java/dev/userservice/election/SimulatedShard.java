package dev.userservice.election;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A shard's primary as elections know it: the twin, in a few lines, of the SQL functions. */
final class SimulatedShard extends SimulatedStore {

  private final boolean fencing;
  private final Verdict verdict;
  private final Map<String, Candidate> candidates = new HashMap<>();
  private long promised;
  private @Nullable String holder;
  private long renewals;
  private long leaseMillis;
  private long registrations;
  private long fence;

  SimulatedShard(String name, boolean fencing, Verdict verdict) {
    super(name);
    this.fencing = fencing;
    this.verdict = verdict;
  }

  /** Carries a leader's statement out, or refuses it. */
  boolean execute(long epoch, String leader) {
    if (fencing && epoch < fence) {
      return false;
    }
    fence = Math.max(fence, epoch);
    verdict.accepted(name(), epoch, leader);
    return true;
  }

  /** The shard as one process reaches it. */
  Voter voter(SimulatedNetwork network, SimulatedProcess process) {
    SimulatedShard shard = this;
    return new Voter() {
      @Override
      public CompletionStage<Ballot> read() {
        return network.call(process, shard, shard::ballot);
      }

      @Override
      public CompletionStage<Ballot> grant(Claim claim, Ballot seen) {
        return network.call(process, shard, () -> granted(claim, seen));
      }

      @Override
      public CompletionStage<Ballot> renew(Claim claim) {
        return network.call(process, shard, () -> renewed(claim));
      }

      @Override
      public CompletionStage<Ballot> release(Claim claim) {
        return network.call(process, shard, () -> released(claim));
      }

      @Override
      public CompletionStage<List<Candidate>> beat(Candidacy self) {
        return network.call(process, shard, () -> beaten(self));
      }

      @Override
      public CompletionStage<Boolean> leave(Candidacy self) {
        return network.call(process, shard, () -> candidates.remove(self.identity()) != null);
      }
    };
  }

  Ballot granted(Claim claim, Ballot seen) {
    return promised < claim.epoch() && promised == seen.promised() && renewals == seen.renewals()
        ? take(claim)
        : ballot();
  }

  Ballot renewed(Claim claim) {
    return promised < claim.epoch()
            || (promised == claim.epoch() && (holder == null || holder.equals(claim.holder())))
        ? take(claim)
        : ballot();
  }

  Ballot ballot() {
    return new Ballot(promised, holder, renewals, leaseMillis, Instant.EPOCH);
  }

  private Ballot take(Claim claim) {
    promised = claim.epoch();
    holder = claim.holder();
    leaseMillis = claim.leaseMillis();
    renewals++;
    return ballot();
  }

  Ballot released(Claim claim) {
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
