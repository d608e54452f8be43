package dev.userservice.replication;

import static org.assertj.core.api.Assertions.assertThat;

import dev.userservice.wal.LogPosition;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Which server is the primary, when several answer as one or the one that does went back. */
final class PrimaryChoiceTest {

  private final List<MonitoredEndpoint> servers =
      TestGroups.servers(Role.UNKNOWN, Role.UNKNOWN, Role.UNKNOWN);
  private final MonitoredEndpoint first = servers.get(0);
  private final MonitoredEndpoint second = servers.get(1);
  private final MonitoredEndpoint third = servers.get(2);
  private final PrimaryChoice choice = new PrimaryChoice();
  private long now;

  @Test
  void nothingIsChosenBeforeAllServersWereHeard() {
    primary(first, 1, 100, 2);
    replica(second);
    assertThat(choose()).isNull();
    gone(third);
    assertThat(choose()).isEqualTo(first);
  }

  @Test
  void atTheStartTheServerWithReplicasIsChosen() {
    primary(first, 1, 900, 0);
    primary(second, 1, 100, 1);
    replica(third);
    assertThat(choose()).isEqualTo(second);
    assertThat(objection()).contains("5000", "5001 is used");
  }

  @Test
  void atTheStartTwoServersThatCannotBeToldApartAreNotUsed() {
    primary(first, 1, 900, 0);
    primary(second, 1, 100, 0);
    gone(third);
    assertThat(choose()).isNull();
    assertThat(objection()).contains("none of them is used");
  }

  @Test
  void atTheStartTheHigherTimelineIsChosenIfNeitherHasReplicas() {
    primary(first, 1, 900, 0);
    primary(second, 2, 100, 0);
    gone(third);
    assertThat(choose()).isEqualTo(second);
  }

  @Test
  void thePrimaryIsKeptBesideACopyOnItsTimeline() {
    usedPrimaryWithReplicas();
    primary(second, 1, 900, 0);
    assertThat(choose()).isEqualTo(first);
    assertThat(objection()).contains("5000 is used");
  }

  @Test
  void thePrimaryIsKeptBesideACopyEvenWhileItHasNoReplicas() {
    usedPrimaryWithReplicas();
    primary(first, 1, 110, 0);
    primary(second, 1, 900, 0);
    assertThat(choose()).isEqualTo(first);
    gone(first);
    assertThat(choose()).isNull();
    primary(first, 1, 120, 0);
    assertThat(choose()).isEqualTo(first);
  }

  @Test
  void thePrimaryWithReplicasIsKeptBesideAPromotionBehindItsBack() {
    usedPrimaryWithReplicas();
    promoted(second, 2, 90, 95, 0);
    primary(first, 1, 130, 1);
    assertThat(choose()).isEqualTo(first);
    gone(first);
    assertThat(choose()).as("it lacks what was written since").isNull();
    primary(first, 1, 140, 1);
    assertThat(choose()).isEqualTo(first);
  }

  @Test
  void aPromotionBesideThePrimaryIsFollowedOnceReplicasFollowIt() {
    usedPrimaryWithReplicas();
    promoted(second, 2, 90, 95, 0);
    assertThat(choose()).isEqualTo(first);
    promoted(second, 2, 90, 99, 1);
    assertThat(choose()).isEqualTo(second);
  }

  @Test
  void aPromotionWithAllOfTheLogIsFollowedOnceThePrimaryIsGone() {
    usedPrimaryWithReplicas();
    promoted(second, 2, 100, 110, 0);
    assertThat(choose()).isEqualTo(first);
    gone(first);
    assertThat(choose()).isEqualTo(second);
  }

  @Test
  void aFailoverIsFollowedAtOnce() {
    usedPrimaryWithReplicas();
    gone(first);
    assertThat(choose()).isNull();
    promoted(second, 2, 99, 110, 0);
    assertThat(choose()).as("100 was flushed by the former primary only").isEqualTo(second);
  }

  @Test
  void aFormerPrimaryThatComesBackIsNotUsed() {
    aFailoverIsFollowedAtOnce();
    use(second);
    primary(first, 1, 100, 0);
    assertThat(choose()).isEqualTo(second);
    gone(second);
    assertThat(choose()).isNull();
    assertThat(objection()).contains("less of the log");
  }

  @Test
  void aServerThatLacksLogIsUsedAfterReplicasFollowedItForSeconds() {
    aFailoverIsFollowedAtOnce();
    use(second);
    gone(second);
    primary(first, 1, 100, 1);
    assertThat(choose()).isNull();
    now += TimeUnit.MILLISECONDS.toNanos(4900);
    assertThat(choose()).isNull();
    primary(first, 1, 100, 0);
    choose();
    primary(first, 1, 100, 1);
    choose();
    now += TimeUnit.MILLISECONDS.toNanos(200);
    assertThat(choose()).as("it had lost its replicas in between").isNull();
    now += TimeUnit.SECONDS.toNanos(5);
    assertThat(choose()).isEqualTo(first);
  }

  @Test
  void aCopyBehindThePrimaryIsNotUsedWhileThatIsGone() {
    usedPrimaryWithReplicas();
    gone(first);
    primary(second, 1, 99, 0);
    assertThat(choose()).isNull();
  }

  @Test
  void thePrimaryUnderAnotherAddressIsUsedIfItHasAllOfTheLog() {
    usedPrimaryWithReplicas();
    gone(first);
    primary(third, 1, 100, 0);
    assertThat(choose()).isEqualTo(third);
  }

  @Test
  void thePrimaryItselfMayComeBackWithLess() {
    usedPrimaryWithReplicas();
    gone(first);
    primary(first, 1, 50, 0);
    assertThat(choose()).isEqualTo(first);
    assertThat(choice.goesBack(first)).isTrue();
    use(first);
    assertThat(choice.goesBack(first)).isFalse();
  }

  @Test
  void twoPrimariesOfOneTimelineContradictEachOther() {
    usedPrimaryWithReplicas();
    primary(second, 1, 900, 1);
    assertThat(choice.contradicts(second)).isTrue();
    assertThat(choice.contradicts(first)).isFalse();
    promoted(second, 2, 100, 900, 1);
    assertThat(choice.contradicts(second)).as("a promotion").isFalse();
    MonitoredEndpoint moved = TestGroups.servers(Role.PRIMARY).get(0);
    assertThat(choice.contradicts(moved)).as("the primary under a new address").isFalse();
  }

  private void usedPrimaryWithReplicas() {
    primary(first, 1, 100, 2);
    replica(second);
    replica(third);
    assertThat(choose()).isEqualTo(first);
    assertThat(objection()).isEmpty();
    use(first);
  }

  private void use(MonitoredEndpoint server) {
    choice.used(server, servers);
  }

  private @Nullable MonitoredEndpoint choose() {
    return choice.among(servers, now).primary().orElse(null);
  }

  private String objection() {
    return choice.among(servers, now).objection();
  }

  private static void primary(MonitoredEndpoint server, int timeline, long lsn, int followers) {
    set(server, Role.PRIMARY, timeline, lsn, followers, EndpointState.UNKNOWN_BEGIN);
  }

  private static void promoted(
      MonitoredEndpoint server, int timeline, long beganAt, long lsn, int followers) {
    set(server, Role.PRIMARY, timeline, lsn, followers, beganAt);
  }

  private static void replica(MonitoredEndpoint server) {
    set(server, Role.REPLICA, 1, 90, 0, EndpointState.UNKNOWN_BEGIN);
  }

  private static void gone(MonitoredEndpoint server) {
    server.state(server.state().lost());
  }

  private static void set(
      MonitoredEndpoint server, Role role, int timeline, long lsn, int followers, long beganAt) {
    server.state(new EndpointState(role, new LogPosition(timeline, lsn), followers, beganAt));
  }
}
