package dev.userservice.election.preference;

import dev.userservice.election.vote.Candidacy;
import dev.userservice.election.vote.Voters;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** The candidates that the voters know: registers this process and reads the others. */
public final class Roster {

  private final Voters voters;
  private final Candidacy self;
  private final CandidateOrder order;

  public Roster(Voters voters, Candidacy self, CandidateOrder order) {
    this.voters = voters;
    this.self = self;
    this.order = order;
  }

  /** Registers this process as alive and reads the other candidates. */
  public CompletionStage<Void> beat() {
    return voters.beat(self).thenAccept(order::saw);
  }

  /** Removes this process. */
  public CompletionStage<Void> leave() {
    return voters.leave(self);
  }

  /** The order of the candidates. */
  public CandidateOrder order() {
    return order;
  }

  /** A candidate that is alive and knows a newer schema than this process. */
  public Optional<Candidacy> newer() {
    return order.newer();
  }
}
