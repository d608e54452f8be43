package dev.userservice.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.userservice.consistency.Consistency;
import dev.userservice.consistency.Consistency.Level;
import dev.userservice.consistency.ConsistencyToken;
import dev.userservice.consistency.SessionLostException;
import dev.userservice.replication.MonitoredEndpoint;
import dev.userservice.replication.ReplicationGroup;
import dev.userservice.replication.Role;
import dev.userservice.replication.TestGroups;
import dev.userservice.wal.LogPosition;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What each level requires of a server of shard 0, with and without a session. */
final class ReadRequirementTest {

  private static final long NOW = 1_000;
  private static final LogPosition SEEN = new LogPosition(2, 50);

  private final ReplicationGroup group = TestGroups.of(Role.REPLICA, Role.PRIMARY);
  private final MonitoredEndpoint replica = group.endpoints().get(0);
  private final MonitoredEndpoint primary = group.endpoints().get(1);

  private ReadRequirement requirement(Level level, Map<Integer, LogPosition> token) {
    long bound = level == Level.BOUNDED ? 7 : 0;
    return ReadRequirement.of(
        new Consistency(level, bound, new ConsistencyToken(new TreeMap<>(token))), group, NOW);
  }

  @ParameterizedTest
  @CsvSource({"STRONG,   STRONG", "SESSION,  EVENTUAL", "BOUNDED,  BOUNDED", "EVENTUAL, EVENTUAL"})
  void sessionThatHasSeenNothingOfTheShardRequiresNoPosition(Level asked, Level level) {
    long bound = asked == Level.BOUNDED ? 7 : 0;
    ReadRequirement expected = new ReadRequirement(level, null, null, bound, NOW);
    assertThat(requirement(asked, Map.of())).isEqualTo(expected);
    assertThat(requirement(asked, Map.of(1, SEEN))).isEqualTo(expected);
  }

  @Test
  void strongAndSessionReadsRequireWhatTheSessionHasSeen() {
    assertThat(requirement(Level.STRONG, Map.of(0, SEEN)))
        .isEqualTo(new ReadRequirement(Level.STRONG, SEEN, SEEN, 0, NOW));
    assertThat(requirement(Level.SESSION, Map.of(0, SEEN, 1, new LogPosition(9, 9))))
        .isEqualTo(new ReadRequirement(Level.SESSION, SEEN, SEEN, 0, NOW));
  }

  @Test
  void boundedAndEventualReadsRequireNoPositionWhateverTheSessionHasSeen() {
    assertThat(requirement(Level.BOUNDED, Map.of(0, SEEN)))
        .isEqualTo(new ReadRequirement(Level.BOUNDED, null, null, 7, NOW));
    assertThat(requirement(Level.EVENTUAL, Map.of(0, SEEN)))
        .isEqualTo(new ReadRequirement(Level.EVENTUAL, null, null, 0, NOW));
  }

  @ParameterizedTest
  @CsvSource({"2,49,false", "2,50,true", "2,51,true", "3,10,false", "3,50,false", "1,900,false"})
  void replicaReachesThePositionByTimelineAndLsn(int timeline, long lsn, boolean reached) {
    TestGroups.set(group, replica, Role.REPLICA, new LogPosition(timeline, lsn));
    assertThat(requirement(Level.SESSION, Map.of(0, SEEN)).reachedBy(replica)).isEqualTo(reached);
    assertThat(requirement(Level.SESSION, Map.of()).reachedBy(replica)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"1,false", "2,true"})
  void primaryReachesEveryPositionOfItsTimeline(int timeline, boolean reached) {
    TestGroups.set(group, primary, Role.PRIMARY, new LogPosition(timeline, 1));
    ReadRequirement requirement = requirement(Level.STRONG, Map.of(0, SEEN));
    assertThat(requirement.reachedBy(primary)).isEqualTo(reached);
    assertThat(requirement.isOnTimelineOf(primary)).isEqualTo(reached);
  }

  @Test
  void unreachableServerReachesNothing() {
    TestGroups.set(group, replica, Role.UNKNOWN, new LogPosition(2, 900));
    assertThat(requirement(Level.SESSION, Map.of(0, SEEN)).reachedBy(replica)).isFalse();
  }

  @Test
  void answerIncludesThePositionWhenItShowsTheLogUpToIt() {
    ReadRequirement requirement = requirement(Level.SESSION, Map.of(0, SEEN));
    assertThat(requirement.includedIn(new LogPosition(2, 49), false)).isFalse();
    assertThat(requirement.includedIn(new LogPosition(2, 50), false)).isTrue();
    assertThat(requirement.includedIn(new LogPosition(2, -1), false))
        .as("LSNs are unsigned")
        .isTrue();
    assertThat(requirement.includedIn(new LogPosition(3, 50), false)).isFalse();
    assertThat(
            requirement(Level.EVENTUAL, Map.of(0, SEEN)).includedIn(new LogPosition(1, 0), false))
        .isTrue();
  }

  @Test
  void onlyThePrimaryHasTheEndOfItsTimeline() {
    ReadRequirement requirement = requirement(Level.SESSION, Map.of(0, LogPosition.endOf(2)));
    assertThat(requirement.includedIn(new LogPosition(2, 900), true)).isTrue();
    assertThat(requirement.includedIn(new LogPosition(2, 900), false)).isFalse();
    assertThat(requirement.includedIn(new LogPosition(1, 900), true)).isFalse();
  }

  @Test
  void promotionChangesTheRequirementOfAReadThatWaits() {
    TestGroups.set(group, primary, Role.PRIMARY, new LogPosition(2, 60));
    ReadRequirement waiting = requirement(Level.SESSION, Map.of(0, SEEN));
    TestGroups.promote(group, new LogPosition(3, 70), 55);
    assertThat(waiting.judgedAnew(group).required()).isEqualTo(new LogPosition(3, 50));
    TestGroups.promote(group, new LogPosition(4, 90), 45);
    assertThatThrownBy(() -> waiting.judgedAnew(group)).isInstanceOf(SessionLostException.class);
  }
}
