package dev.userservice.replication;

import dev.userservice.wal.LogPosition;

/**
 * The result of one probe.
 *
 * @param role the server's role
 * @param position how far it has flushed (primary) or replayed (replica)
 */
public record EndpointState(Role role, LogPosition position) {

  private static final LogPosition NOWHERE = new LogPosition(1, 0);

  /** The state of a server that was never probed. */
  static EndpointState unknown() {
    return new EndpointState(Role.UNKNOWN, NOWHERE);
  }

  /** The state of a server that does not answer any more. Its last position keeps its timeline. */
  EndpointState lost() {
    return new EndpointState(Role.UNKNOWN, position);
  }

  /** Whether the server answered its last probe, and no request has failed on it since. */
  public boolean reachable() {
    return role != Role.UNKNOWN;
  }
}
