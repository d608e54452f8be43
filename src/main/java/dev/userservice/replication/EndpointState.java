package dev.userservice.replication;

/**
 * What one probe found.
 *
 * @param role the server's role
 * @param position how far it has written (primary) or replayed (replica)
 * @param lagBytes bytes of log the replica has yet to replay; 0 for a primary, -1 when not known
 * @param lagNanos at most this old is what the replica shows, in nanoseconds at the time of the
 *     probe; 0 for a primary, {@link Long#MAX_VALUE} when not known
 * @param observedAtNanos the ticker's reading when the probe was sent
 */
public record EndpointState(
    Role role, LogPosition position, long lagBytes, long lagNanos, long observedAtNanos) {

  private static final LogPosition NOWHERE = new LogPosition(1, 0);

  static EndpointState unknown(long nowNanos) {
    return new EndpointState(Role.UNKNOWN, NOWHERE, -1, Long.MAX_VALUE, nowNanos);
  }

  /** Whether the server answered its last probe, and no request has failed on it since. */
  public boolean reachable() {
    return role != Role.UNKNOWN;
  }
}
