package dev.userservice.election.vote;

/**
 * What a process asks a voter for.
 *
 * @param epoch the number of the leadership, from 1
 * @param holder who asks
 * @param leaseMillis how long others shall leave the vote alone after each renewal
 */
public record Claim(long epoch, String holder, long leaseMillis) {

  public Claim {
    if (epoch < 1 || holder.isEmpty()) {
      throw new IllegalArgumentException("epoch " + epoch + ", holder " + holder);
    }
  }
}
