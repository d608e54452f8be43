package dev.userservice.chart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.userservice.datasource.DataSourceConfig;
import dev.userservice.datasource.TlsMode;
import dev.userservice.election.ElectionConfig;
import dev.userservice.replication.ReplicationConfig;
import dev.userservice.routing.RoutingConfig;
import dev.userservice.sharding.map.ShardingConfig;
import dev.userservice.topology.TopologyConfig;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.config.validator.BeanValidationConfigValidatorImpl;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The service's own configuration, read from the variables that the chart sets. */
final class SettingsTest {

  private static SmallRyeConfig configured(RenderedChart chart) {
    Environment environment = Environment.of(chart);
    Map<String, String> variables = new TreeMap<>();
    environment.names().forEach(name -> variables.put(name, environment.value(name)));
    return new SmallRyeConfigBuilder()
        .addDiscoveredConverters()
        .withValidator(new BeanValidationConfigValidatorImpl())
        .withMapping(TopologyConfig.class)
        .withMapping(DataSourceConfig.class)
        .withMapping(ReplicationConfig.class)
        .withMapping(ElectionConfig.class)
        .withMapping(RoutingConfig.class)
        .withMapping(ShardingConfig.class)
        .withSources(new EnvConfigSource(variables, 300))
        .build();
  }

  @Test
  void theOperatorsServicesAreTheShardsInOrder() {
    TopologyConfig topology =
        configured(RenderedChart.of("minimal")).getConfigMapping(TopologyConfig.class);
    assertThat(topology.kubernetes().services())
        .contains(List.of("users-shard-0-r", "users-shard-1-r"));
    assertThat(topology.shards()).isEmpty();
  }

  @Test
  void externalServersAreTheEndpointsOfTheShardsInOrder() {
    TopologyConfig topology =
        configured(RenderedChart.of("external")).getConfigMapping(TopologyConfig.class);
    assertThat(topology.kubernetes().services()).isEmpty();
    assertThat(topology.shards())
        .extracting(TopologyConfig.ShardEndpoints::endpoints)
        .containsExactly(
            List.of("pg-0-a.example.org:5432", "pg-0-b.example.org:5432"),
            List.of("pg-1-a.example.org:6432", "pg-1-b.example.org:6432"));
  }

  @Test
  void rolesAndWaitsReachTheService() {
    SmallRyeConfig config =
        configured(
            RenderedChart.with("{startupWait: 5m, postgresql: {runtimeRole: {username: app}}}"));
    assertThat(config.getConfigMapping(DataSourceConfig.class).username()).isEqualTo("app");
    assertThat(config.getConfigMapping(DataSourceConfig.class).database()).isEqualTo("users");
    assertThat(config.getConfigMapping(DataSourceConfig.class).migratorUsername())
        .contains("users_migrator");
    assertThat(config.getConfigMapping(ReplicationConfig.class).startupWait())
        .isEqualTo(Duration.ofMinutes(5));
  }

  @Test
  void certificatesOfBothRolesReachTheService() {
    DataSourceConfig config =
        configured(RenderedChart.of("everything")).getConfigMapping(DataSourceConfig.class);
    Path certificates = Path.of("/etc/user-service/certificates");
    assertThat(config.tls().mode()).isEqualTo(TlsMode.VERIFY_CA);
    assertThat(config.tls().authority()).contains(certificates.resolve("authority/ca.crt"));
    assertThat(config.tls().certificate()).contains(certificates.resolve("runtime/tls.crt"));
    assertThat(config.tls().key()).contains(certificates.resolve("runtime/tls.key"));
    assertThat(config.migratorTls().certificate())
        .contains(certificates.resolve("migrator/tls.crt"));
    assertThat(config.migratorTls().key()).contains(certificates.resolve("migrator/tls.key"));
  }

  @ParameterizedTest
  @CsvSource({
    "'{}', DISABLE",
    "'postgresql: {tls: require}', REQUIRE",
    "'postgresql: {serverCertificates: {caSecret: a}}', VERIFY_CA",
    "'postgresql: {tls: disable, serverCertificates: {caSecret: a}}', DISABLE",
    "'{postgresql: {mode: external, runtimeRole: {existingSecret: a}, serverCertificates:"
        + " {caSecret: b}}, shards: [{endpoints: [\"pg:5432\"]}]}', VERIFY_FULL"
  })
  void encryptionIsAsStrictAsTheCertificatesAllow(String values, TlsMode mode) {
    DataSourceConfig config =
        configured(RenderedChart.with(values)).getConfigMapping(DataSourceConfig.class);
    assertThat(config.tls().mode()).isEqualTo(mode);
    assertThat(config.tls().authority().isPresent()).isEqualTo(mode.name().startsWith("VERIFY"));
  }

  @Test
  void electionSettingsReachTheServiceWithItsDefaults() {
    ElectionConfig election =
        configured(RenderedChart.byDefault()).getConfigMapping(ElectionConfig.class);
    ElectionConfig defaults =
        new SmallRyeConfigBuilder()
            .addDiscoveredConverters()
            .withMapping(ElectionConfig.class)
            .build()
            .getConfigMapping(ElectionConfig.class);
    assertThat(election.lock().map(lock -> lock.name().toLowerCase(Locale.ROOT)))
        .contains("kubernetes");
    assertThat(election.kubernetes().lease()).isEqualTo("users-user-service");
    assertThat(election.preference()).isEqualTo(defaults.preference());
    assertThat(election.leaseDuration()).isEqualTo(defaults.leaseDuration());
    assertThat(election.renewDeadline()).isEqualTo(defaults.renewDeadline());
    assertThat(election.retryPeriod()).isEqualTo(defaults.retryPeriod());
  }

  @Test
  void furtherSettingsKeepTheirNames() {
    SmallRyeConfig config = configured(RenderedChart.of("everything"));
    RoutingConfig routing = config.getConfigMapping(RoutingConfig.class);
    assertThat(routing.hedging().enabled()).isTrue();
    assertThat(routing.strategy().toString()).isEqualToIgnoringCase("LEAST_RESPONSE_TIME");
    assertThat(routing.weightsFile().map(Object::toString))
        .contains("/etc/user-service/weights/weights");
    assertThat(config.getConfigMapping(ShardingConfig.class).slots()).isEqualTo(8192);
  }
}
