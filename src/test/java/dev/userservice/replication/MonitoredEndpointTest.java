package dev.userservice.replication;

import static org.assertj.core.api.Assertions.assertThat;

import dev.userservice.wal.LogPosition;
import org.junit.jupiter.api.Test;

final class MonitoredEndpointTest {

  private final ReplicationGroup group = TestGroups.of(Role.REPLICA, Role.PRIMARY);
  private final MonitoredEndpoint replica = group.endpoints().get(0);
  private final MonitoredEndpoint primary = group.endpoints().get(1);

  @Test
  void answersMoveAReplicaOnAndNeverBack() {
    replica.replayed(50);
    replica.replayed(40);
    assertThat(replica.reaches(new LogPosition(1, 50))).isTrue();
    assertThat(replica.reaches(new LogPosition(1, 51))).isFalse();
  }

  @Test
  void aLateProbeDoesNotTakeBackWhatAnAnswerShowed() {
    replica.replayed(50);
    replica.state(new EndpointState(Role.REPLICA, new LogPosition(1, 30)));
    assertThat(replica.position()).isEqualTo(new LogPosition(1, 50));
  }

  @Test
  void aServerThatWasLostStartsFromItsNextProbe() {
    replica.replayed(50);
    group.reportFailure(replica);
    assertThat(replica.reaches(new LogPosition(1, 0))).isFalse();
    replica.state(new EndpointState(Role.REPLICA, new LogPosition(1, 30)));
    assertThat(replica.position()).isEqualTo(new LogPosition(1, 30));
  }

  @Test
  void lsnsOfAnEarlierTimelineProveNothingOfALaterOne() {
    replica.replayed(1_000_000);
    assertThat(replica.reaches(new LogPosition(2, 10))).isFalse();
    assertThat(primary.reaches(new LogPosition(2, 10))).isFalse();
  }

  @Test
  void thePrimaryHasAllOfItsTimeline() {
    assertThat(primary.reaches(LogPosition.endOf(1))).isTrue();
  }

  @Test
  void aServerOfAnotherSystemIsNotUsed() {
    group.found(primary, answer(Role.PRIMARY, 77), 0);
    group.found(replica, answer(Role.REPLICA, 78), 0);
    assertThat(replica.state().reachable()).isFalse();
    group.found(replica, answer(Role.REPLICA, 77), 0);
    assertThat(replica.state().reachable()).isTrue();
  }

  private static Probe.Answer answer(Role role, long system) {
    EndpointState state = new EndpointState(role, new LogPosition(1, 5));
    return new Probe.Answer(state, true, system, true, null);
  }
}
