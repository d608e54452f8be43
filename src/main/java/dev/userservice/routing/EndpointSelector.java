package dev.userservice.routing;

import dev.userservice.replication.MonitoredEndpoint;
import dev.userservice.replication.Role;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Chooses the server for the next attempt of a read: reachable replicas by round robin, then the
 * primary, then, since being wrong costs no more than failing, the servers of unknown state.
 */
final class EndpointSelector {

  private static final List<Role> PREFERENCE = List.of(Role.REPLICA, Role.PRIMARY, Role.UNKNOWN);

  // Neighbours share a server, so that their calls share its system calls and its wake-up; more of
  // them would only queue behind each other there.
  private static final int READS_PER_TURN = 8;

  private final AtomicInteger reads = new AtomicInteger();

  int nextTurn() {
    return Integer.divideUnsigned(reads.getAndIncrement(), READS_PER_TURN);
  }

  /**
   * The index of the next server to ask.
   *
   * @param tried the servers asked already, one bit each
   * @return -1 when all were tried
   */
  int select(List<MonitoredEndpoint> endpoints, int turnOfRead, long tried) {
    for (int rank = 0; rank < PREFERENCE.size(); rank++) {
      int eligible = count(endpoints, PREFERENCE.get(rank), tried);
      if (eligible > 0) {
        return nth(endpoints, PREFERENCE.get(rank), tried, turnOfRead % eligible);
      }
    }
    return -1;
  }

  private static int count(List<MonitoredEndpoint> endpoints, Role role, long tried) {
    int eligible = 0;
    for (int index = 0; index < endpoints.size(); index++) {
      eligible += eligible(endpoints, index, role, tried) ? 1 : 0;
    }
    return eligible;
  }

  private static int nth(List<MonitoredEndpoint> endpoints, Role role, long tried, int ordinal) {
    int seen = 0;
    int last = -1;
    for (int index = 0; index < endpoints.size(); index++) {
      if (eligible(endpoints, index, role, tried)) {
        last = index;
        if (seen++ == ordinal) {
          return index;
        }
      }
    }
    return last;
  }

  private static boolean eligible(
      List<MonitoredEndpoint> endpoints, int index, Role role, long tried) {
    return (tried & 1L << index) == 0 && endpoints.get(index).state().role() == role;
  }
}
