package dev.userservice.election.preference;

import dev.userservice.election.vote.Candidacy;
import dev.userservice.election.vote.Voters;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Who stands, as the voters know it: this process shows itself there and learns of the others. */
public final class Roster {

  private final Voters voters;
  private final Candidacy self;
  private final CandidateOrder order;

  public Roster(Voters voters, Candidacy self, CandidateOrder order) {
    this.voters = voters;
    this.self = self;
    this.order = order;
  }

  /** Shows that this process is alive, and learns who else is. */
  public CompletionStage<Void> beat() {
    return voters.beat(self).thenAccept(order::saw);
  }

  /** Strikes this process off. */
  public CompletionStage<Void> leave() {
    return voters.leave(self);
  }

  /** Who comes first. */
  public CandidateOrder order() {
    return order;
  }

  /** Somebody alive who knows a newer schema than this process. */
  public Optional<Candidacy> newer() {
    return order.newer();
  }
}
