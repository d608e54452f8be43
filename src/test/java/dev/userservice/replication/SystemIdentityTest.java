package dev.userservice.replication;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which database system is the shard's, when its servers do not agree. */
final class SystemIdentityTest {

  private static final long OURS = 11;
  private static final long OTHER = 22;

  private final List<MonitoredEndpoint> servers =
      TestGroups.servers(Role.UNKNOWN, Role.UNKNOWN, Role.UNKNOWN);
  private final SystemIdentity identity = new SystemIdentity();

  @BeforeEach
  void allFailed() {
    servers.forEach(server -> server.state(server.state().lost()));
  }

  @Test
  void aShardWhoseServersAllFailIsNotObjectedTo() {
    assertThat(identity.isKnown(servers)).isFalse();
    assertThat(identity.objection(servers)).isEmpty();
  }

  @Test
  void anEmptySystemIsUsedOnceAllServersAnsweredAndBelongToIt() {
    identity.heard(servers.get(0), OURS, false);
    identity.heard(servers.get(1), OURS, false);
    assertThat(identity.isKnown(servers)).isFalse();
    assertThat(identity.objection(servers))
        .isEqualTo(
            "the database is empty, and is not initialised while servers do not answer:"
                + " 127.0.0.1:5002");
    identity.heard(servers.get(2), OURS, false);
    assertThat(identity.isKnown(servers)).isTrue();
  }

  @Test
  void theSystemWithTheSchemaIsTheShards() {
    identity.heard(servers.get(0), OTHER, false);
    identity.heard(servers.get(1), OURS, true);
    assertThat(identity.isKnown(servers)).isTrue();
    assertThat(foreign()).containsExactly(true, false, false);
  }

  @Test
  void anEmptySystemThatAnswersFirstIsForeignOnceTheOtherAnswers() {
    identity.heard(servers.get(0), OTHER, false);
    identity.use(servers.get(0));
    identity.heard(servers.get(1), OURS, true);
    identity.heard(servers.get(2), OURS, true);
    assertThat(foreign()).containsExactly(true, false, false);
  }

  @Test
  void ofTwoSystemsWithUsersNoneIsTaken() {
    identity.heard(servers.get(0), OTHER, true);
    identity.heard(servers.get(1), OURS, true);
    identity.heard(servers.get(2), OURS, true);
    assertThat(identity.isKnown(servers)).isFalse();
    assertThat(identity.objection(servers))
        .isEqualTo(
            "the servers belong to different database systems, more than one with users:"
                + " 127.0.0.1:5000 to 22, 127.0.0.1:5001 to 11, 127.0.0.1:5002 to 11");
  }

  @Test
  void ofTwoEmptySystemsNoneIsTaken() {
    identity.heard(servers.get(0), OTHER, false);
    identity.heard(servers.get(1), OURS, false);
    identity.heard(servers.get(2), OURS, false);
    assertThat(identity.isKnown(servers)).isFalse();
    assertThat(identity.objection(servers)).contains("none with users");
  }

  @Test
  void theSystemThatWasUsedStaysTheShards() {
    identity.heard(servers.get(0), OURS, true);
    identity.use(servers.get(0));
    identity.heard(servers.get(1), OTHER, true);
    identity.heard(servers.get(2), OTHER, true);
    assertThat(foreign()).containsExactly(false, true, true);
    identity.retain(servers.subList(1, 3));
    assertThat(foreign()).containsExactly(false, true, true);
  }

  private List<Boolean> foreign() {
    return servers.stream().map(server -> identity.isForeign(server, servers)).toList();
  }
}
