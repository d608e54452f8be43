package dev.userservice.routing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.userservice.replication.MonitoredEndpoint;
import dev.userservice.replication.ReplicationGroup;
import dev.userservice.replication.Role;
import dev.userservice.replication.TestGroups;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class EndpointSelectorTest {

  private final EndpointSelector selector = new EndpointSelector();

  @Test
  void replicasShareTheReadsAndThePrimaryGetsNone() {
    ReplicationGroup group = TestGroups.of(Role.PRIMARY, Role.REPLICA, Role.REPLICA);
    Map<Integer, Integer> chosen = new TreeMap<>();
    for (int read = 0; read < 16_000; read++) {
      chosen.merge(selector.select(group.endpoints(), selector.nextTurn(), 0), 1, Integer::sum);
    }
    assertThat(chosen).containsExactly(Map.entry(1, 8000), Map.entry(2, 8000));
  }

  @Test
  void thePrimaryAnswersWhenNoReplicaCan() {
    ReplicationGroup group = TestGroups.of(Role.UNKNOWN, Role.PRIMARY, Role.UNKNOWN);
    assertThat(selector.select(group.endpoints(), 7, 0)).isEqualTo(1);
  }

  @Test
  void everyServerIsTriedOnceAndUnknownOnesLast() {
    ReplicationGroup group = TestGroups.of(Role.UNKNOWN, Role.REPLICA, Role.PRIMARY, Role.REPLICA);
    long tried = 0;
    StringBuilder order = new StringBuilder();
    for (int index = selector.select(group.endpoints(), 5, tried);
        index >= 0;
        index = selector.select(group.endpoints(), 5, tried)) {
      MonitoredEndpoint endpoint = group.endpoints().get(index);
      order.append(endpoint.state().role()).append(' ');
      tried |= 1L << index;
    }
    assertThat(order).hasToString("REPLICA REPLICA PRIMARY UNKNOWN ");
  }
}
