package dev.userservice.topology.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.userservice.datasource.Credentials;
import dev.userservice.datasource.Endpoint;
import dev.userservice.topology.Topology;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What becomes a topology of the servers seen in two Services. */
final class LastKnownTopologyTest {

  private static final Endpoint A1 = new Endpoint("10.0.0.1", 5432, "a-1");
  private static final Endpoint A2 = new Endpoint("10.0.0.2", 5432, "a-2");
  private static final Endpoint B1 = new Endpoint("10.0.1.1", 5432, "b-1");

  private final LastKnownTopology known =
      new LastKnownTopology(
          List.of("users-0-r", "users-1-r"), new Credentials("users", "users", ""));
  private final List<List<List<Endpoint>>> reported = new ArrayList<>();

  @Test
  void topologyIsCompleteWhenEveryServiceHasAServer() {
    known.seen(List.of(List.of(A1), List.of()));
    assertThat(known.missing()).containsExactly("users-1-r");
    assertThat(known.await(Duration.ZERO)).isEmpty();
    known.seen(List.of(List.of(A1), List.of(B1)));
    assertThat(known.missing()).isEmpty();
    assertThat(known.await(Duration.ZERO).map(Topology::shards))
        .contains(List.of(List.of(A1), List.of(B1)));
  }

  @Test
  void theListenerReceivesThePresentTopologyAndEachChangeOnce() {
    known.seen(List.of(List.of(A1), List.of(B1)));
    listen();
    known.seen(List.of(List.of(A1), List.of(B1)));
    known.seen(List.of(List.of(A1, A2), List.of(B1)));
    assertThat(reported)
        .containsExactly(List.of(List.of(A1), List.of(B1)), List.of(List.of(A1, A2), List.of(B1)));
  }

  @Test
  void emptyServiceKeepsItsServersUntilItHasOthers() {
    listen();
    known.seen(List.of(List.of(A1), List.of(B1)));
    known.seen(List.of(List.of(), List.of(B1)));
    assertThat(reported).hasSize(1);
    known.seen(List.of(List.of(A2), List.of(B1)));
    assertThat(reported).last().isEqualTo(List.of(List.of(A2), List.of(B1)));
  }

  @Test
  void addressInTwoServicesChangesNothingUntilItIsInOne() {
    listen();
    known.seen(List.of(List.of(A1), List.of(B1)));
    Endpoint moved = new Endpoint(A1.host(), A1.port(), "b-2");
    known.seen(List.of(List.of(A1), List.of(B1, moved)));
    assertThat(reported).hasSize(1);
    known.seen(List.of(List.of(A2), List.of(B1, moved)));
    assertThat(reported).last().isEqualTo(List.of(List.of(A2), List.of(B1, moved)));
  }

  @Test
  void theFirstTopologyStaysTheAnswerOfAStart() {
    known.seen(List.of(List.of(A1), List.of(B1)));
    known.seen(List.of(List.of(A2), List.of(B1)));
    assertThat(known.await(Duration.ZERO).map(Topology::shards))
        .contains(List.of(List.of(A1), List.of(B1)));
  }

  private void listen() {
    known.listen(topology -> reported.add(topology.shards()));
  }
}
