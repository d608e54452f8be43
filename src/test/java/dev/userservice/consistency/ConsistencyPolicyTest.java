package dev.userservice.consistency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.userservice.TestSettings;
import dev.userservice.consistency.Consistency.Level;
import dev.userservice.http.ProblemException;
import dev.userservice.replication.TestPolicies;
import dev.userservice.wal.LogPosition;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ConsistencyPolicyTest {

  private final ConsistencyPolicy policy = TestPolicies.byDefault();

  private static ConsistencyPolicy configured(String defaultLevel) {
    return new ConsistencyPolicy(
        TestSettings.of(
            ConsistencyConfig.class, Map.of("users.consistency.default-level", defaultLevel)));
  }

  @ParameterizedTest
  @CsvSource({
    "strong,STRONG,0",
    "session,SESSION,0",
    "eventual,EVENTUAL,0",
    "bounded=0,BOUNDED,0",
    "bounded=250,BOUNDED,250000000",
    "' bounded=3600000 ',BOUNDED,3600000000000"
  })
  void levelsAreReadFromTheirHeader(String header, Level level, long boundNanos) {
    assertThat(policy.of(header, null))
        .isEqualTo(new Consistency(level, boundNanos, ConsistencyToken.EMPTY));
  }

  @Test
  void requestWithoutALevelGetsTheConfiguredOne() {
    assertThat(configured("strong").of(null, null).level()).isEqualTo(Level.STRONG);
    ConsistencyPolicy bounded = configured("bounded=5");
    bounded.open(new byte[32], (shard, seen) -> seen);
    String token = bounded.tokenAfterRead(Consistency.EVENTUAL, 2, new LogPosition(1, 7));
    assertThat(bounded.of(null, token))
        .isEqualTo(
            new Consistency(
                Level.BOUNDED, 5_000_000, ConsistencyToken.EMPTY.with(2, new LogPosition(1, 7))));
  }

  @Test
  void unknownDefaultLevelIsRefusedByName() {
    assertThatThrownBy(() -> configured("weak"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("users.consistency.default-level");
  }

  @Test
  void tokenBeforeTheKeyIsReadIsAnError() {
    assertThatThrownBy(() -> configured("session").of(null, "token"))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void tokensOfReadsWithoutASessionHoldTheShownPosition() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    Consistency asked = policy.of(null, null);
    for (int read = 0; read < 2_000; read++) {
      int shard = random.nextInt(200);
      LogPosition shown = new LogPosition(1 + random.nextInt(2), random.nextInt(3));
      String token = policy.tokenAfterRead(asked, shard, shown);
      assertThat(policy.of(null, token).token().positions())
          .as("seed %d", seed)
          .isEqualTo(Map.of(shard, shown));
    }
  }

  @Test
  void tokenAfterAReadFollowsTheRuleOfTheLevel() {
    LogPosition seen = new LogPosition(1, 9);
    LogPosition shown = new LogPosition(1, 5);
    String session = policy.tokenAfterRead(Consistency.EVENTUAL, 0, seen);
    Consistency eventual = policy.of("eventual", session);
    assertThat(positions(policy.tokenAfterRead(eventual, 0, shown))).isEqualTo(Map.of(0, seen));
    assertThat(positions(policy.tokenAfterRead(eventual, Map.of(0, shown, 1, shown))))
        .isEqualTo(Map.of(0, seen, 1, shown));
    assertThat(positions(policy.tokenAfterRead(policy.of("strong", session), 0, shown)))
        .isEqualTo(Map.of(0, shown));
  }

  @Test
  void tokenAfterAWriteHoldsTheCommitAtEveryLevel() {
    LogPosition seen = new LogPosition(1, 9);
    LogPosition committed = new LogPosition(1, 12);
    String session = policy.tokenAfterRead(Consistency.EVENTUAL, 0, seen);
    for (String level : new String[] {"strong", "session", "bounded=1", "eventual"}) {
      String token = policy.tokenAfterWrite(policy.of(level, session), Map.of(1, committed));
      assertThat(positions(token)).isEqualTo(Map.of(0, seen, 1, committed));
    }
  }

  @Test
  void tokenOfAnotherClusterIsRefused() {
    ConsistencyPolicy other = configured("session");
    byte[] key = new byte[32];
    key[31] = 1;
    other.open(key, (shard, seen) -> seen);
    String token = other.tokenAfterRead(Consistency.EVENTUAL, 0, new LogPosition(1, 5));
    assertThatThrownBy(() -> policy.of(null, token)).isInstanceOf(ProblemException.class);
  }

  private Map<Integer, LogPosition> positions(String token) {
    return policy.of(null, token).token().positions();
  }
}
