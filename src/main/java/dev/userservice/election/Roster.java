package dev.userservice.election;

import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Who stands, as the voters know it: this process shows itself there and learns of the others. */
final class Roster {

  private final Voters voters;
  private final Candidacy self;
  private final CandidateOrder order;

  Roster(Voters voters, Candidacy self, CandidateOrder order) {
    this.voters = voters;
    this.self = self;
    this.order = order;
  }

  /** Shows that this process is alive, and learns who else is. */
  CompletionStage<Void> beat() {
    return voters.beat(self).thenAccept(order::saw);
  }

  /** Strikes this process off. */
  CompletionStage<Void> leave() {
    return voters.leave(self);
  }

  /** Who comes first. */
  CandidateOrder order() {
    return order;
  }

  /** Somebody alive who knows a newer schema than this process. */
  Optional<Candidacy> newer() {
    return order.newer();
  }
}
