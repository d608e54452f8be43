package dev.userservice.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The cluster as a bean of the service. */
@QuarkusTest
@TestProfile(EmbeddedDiscoveryTest.Small.class)
final class EmbeddedDiscoveryTest {

  @Inject EmbeddedDiscovery discovery;

  @Test
  void isActiveUnlessServersAreConfigured() {
    assertThat(discovery.active()).isTrue();
  }

  @Test
  void startsTheConfiguredClusterOnce() {
    var topology = discovery.discover(Duration.ZERO);
    assertThat(topology.shards()).hasSize(1);
    assertThat(topology.shards().get(0)).hasSize(2);
    assertThat(discovery.discover(Duration.ZERO)).isEqualTo(topology);
  }

  /** One shard with one replica. */
  public static final class Small implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of(
          "users.embedded.shards", "1",
          "users.embedded.replicas", "1",
          "users.embedded.directory", "target/embedded-tests/discovery");
    }
  }
}
