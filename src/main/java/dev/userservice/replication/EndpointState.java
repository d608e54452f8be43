package dev.userservice.replication;

/**
 * What one probe found.
 *
 * @param role the server's role
 * @param position how far it has flushed (primary) or replayed (replica)
 * @param observedAtNanos the ticker's reading when the probe was sent
 */
public record EndpointState(Role role, LogPosition position, long observedAtNanos) {

  private static final LogPosition NOWHERE = new LogPosition(1, 0);

  /** Of a server that was never probed. */
  static EndpointState unknown(long nowNanos) {
    return new EndpointState(Role.UNKNOWN, NOWHERE, nowNanos);
  }

  /** Of a server that does not answer any more; its last position tells its timeline. */
  EndpointState lost(long nowNanos) {
    return new EndpointState(Role.UNKNOWN, position, nowNanos);
  }

  /** Whether the server answered its last probe, and no request has failed on it since. */
  public boolean reachable() {
    return role != Role.UNKNOWN;
  }
}
