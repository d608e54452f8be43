package dev.userservice.replication;

import dev.userservice.wal.LogPosition;

/**
 * The result of one probe.
 *
 * @param role the server's role
 * @param position how far it has flushed (primary) or replayed (replica)
 * @param followers how many replicas stream from it
 * @param beganAt the LSN at which a primary ended its recovery since it was started; {@link
 *     #UNKNOWN_BEGIN} if it was started as a primary, and for replicas
 */
public record EndpointState(Role role, LogPosition position, int followers, long beganAt) {

  /** Of a server that is not known to have been promoted. */
  static final long UNKNOWN_BEGIN = -1;

  private static final LogPosition NOWHERE = new LogPosition(1, 0);

  /** The state of a server without replicas that was not promoted. */
  public EndpointState(Role role, LogPosition position) {
    this(role, position, 0, UNKNOWN_BEGIN);
  }

  /** The state of a server that was never probed. */
  static EndpointState unknown() {
    return new EndpointState(Role.UNKNOWN, NOWHERE);
  }

  /** The state of a server that does not answer any more. Its last position keeps its timeline. */
  EndpointState lost() {
    return new EndpointState(Role.UNKNOWN, position, 0, UNKNOWN_BEGIN);
  }

  /** Whether the server answered its last probe, and no request has failed on it since. */
  public boolean reachable() {
    return role != Role.UNKNOWN;
  }
}
