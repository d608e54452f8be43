package dev.userservice.election.vote;

/**
 * A request for a vote.
 *
 * @param epoch the number of the term, from 1
 * @param holder the process that claims
 * @param leaseMillis how long others must see no renewal before they may take the vote
 */
public record Claim(long epoch, String holder, long leaseMillis) {

  public Claim {
    if (epoch < 1 || holder.isEmpty()) {
      throw new IllegalArgumentException("epoch " + epoch + ", holder " + holder);
    }
  }
}
