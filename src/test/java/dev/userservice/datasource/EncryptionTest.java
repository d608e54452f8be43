package dev.userservice.datasource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.userservice.TestSettings;
import dev.userservice.datasource.Authority.Issued;
import dev.userservice.datasource.Authority.KeyFormat;
import dev.userservice.time.Ticker;
import io.agroal.api.transaction.TransactionIntegration;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Tuple;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Encrypted connections to a real server that requires certificates. */
final class EncryptionTest {

  private static final String WHO =
      """
      SELECT session_user || ' ' || ssl || ' ' || coalesce(client_serial::text, '-')
      FROM pg_stat_ssl WHERE pid = pg_backend_pid()
      """;
  private static final Duration SILENCE = Duration.ofSeconds(5);

  private static EncryptedCluster cluster;
  private static Vertx vertx;

  @BeforeAll
  static void start() throws Exception {
    vertx = Vertx.vertx();
    cluster = EncryptedCluster.start();
  }

  @AfterAll
  static void stop() {
    vertx.close();
    cluster.close();
  }

  /** The settings of both roles' certificates. */
  private static Map<String, String> certificates(TlsMode mode, Issued runtime, Issued migrator) {
    Map<String, String> settings = encrypted(mode, cluster.servers());
    settings.put("tls.certificate", runtime.certificate().toString());
    settings.put("tls.key", runtime.key().toString());
    settings.put("migrator-tls.certificate", migrator.certificate().toString());
    settings.put("migrator-tls.key", migrator.key().toString());
    return settings;
  }

  private static Map<String, String> encrypted(TlsMode mode, Authority servers) {
    Map<String, String> settings = new HashMap<>();
    settings.put("tls.mode", mode.name());
    settings.put("tls.authority", servers.certificate().toString());
    settings.put("migrator-username", EncryptedCluster.MIGRATOR);
    return settings;
  }

  private static EndpointConnections connections(String host, Map<String, String> settings) {
    Map<String, String> all = new HashMap<>();
    settings.forEach((name, value) -> all.put("users.datasource." + name, value));
    DataSourceConfig config = TestSettings.of(DataSourceConfig.class, all);
    return new ConnectionFactory(config, vertx, Ticker.system(), TransactionIntegration.none())
        .connections(new Endpoint(host, cluster.port()), cluster.topology().credentials());
  }

  private static String read(PipelinedClient client) throws Exception {
    return client
        .execute(WHO, Tuple.tuple())
        .map(rows -> rows.iterator().next().getString(0))
        .toCompletionStage()
        .toCompletableFuture()
        .get(10, TimeUnit.SECONDS);
  }

  private static String query(DataSource source) throws SQLException {
    try (Connection connection = source.getConnection();
        ResultSet row = connection.createStatement().executeQuery(WHO)) {
      row.next();
      return row.getString(1);
    }
  }

  /** What the server knows of a connection of each kind: reads, probes, writes, single ones. */
  private static List<String> everyWay(EndpointConnections connections) throws Exception {
    return List.of(
        read(connections.reads()),
        read(connections.probes()),
        query(connections.writes().dataSource()),
        query(connections.writes().unpooled("test", Duration.ofSeconds(30))),
        query(connections.writes().unpooledForMigrator("test", SILENCE)));
  }

  /** Why no connection of any kind can be opened. */
  private static List<String> refusals(EndpointConnections connections) {
    List<String> refusals = new ArrayList<>();
    assertThatThrownBy(() -> read(connections.reads()))
        .satisfies(failure -> refusals.add(messages(failure)));
    assertThatThrownBy(() -> query(connections.writes().dataSource()))
        .satisfies(failure -> refusals.add(messages(failure)));
    assertThatThrownBy(() -> query(connections.writes().unpooled("test", Duration.ofSeconds(30))))
        .satisfies(failure -> refusals.add(messages(failure)));
    assertThatThrownBy(() -> query(connections.writes().unpooledForMigrator("test", SILENCE)))
        .satisfies(failure -> refusals.add(messages(failure)));
    return refusals;
  }

  private static String messages(Throwable failure) {
    StringBuilder messages = new StringBuilder();
    for (Throwable each = failure; each != null; each = each.getCause()) {
      messages.append(each).append('\n');
    }
    return messages.toString();
  }

  @ParameterizedTest
  @EnumSource
  void certificateReplacesThePasswordInEveryKeyFormat(KeyFormat format) throws Exception {
    Issued runtime = cluster.clients().client(EncryptedCluster.RUNTIME, format);
    Issued migrator = cluster.clients().client(EncryptedCluster.MIGRATOR, format);
    try (EndpointConnections connections =
        connections("localhost", certificates(TlsMode.VERIFY_FULL, runtime, migrator))) {
      List<String> seen = everyWay(connections);
      assertThat(seen.subList(0, 4)).allMatch(who -> who.matches("app true \\d+"));
      assertThat(seen.get(4)).matches("migrator true \\d+");
    }
  }

  @Test
  void connectionWithoutACertificateIsRefused() {
    try (EndpointConnections connections =
        connections("localhost", encrypted(TlsMode.VERIFY_FULL, cluster.servers()))) {
      assertThat(refusals(connections)).allMatch(why -> why.contains("certificate"));
    }
  }

  @Test
  void unencryptedConnectionIsRefused() {
    try (EndpointConnections connections = connections("localhost", Map.of())) {
      assertThat(refusals(connections)).allMatch(why -> why.contains("pg_hba.conf"));
    }
  }

  @Test
  void certificateOfAnotherAuthorityIsRefused() throws Exception {
    Authority foreign = new Authority(directory("foreign-clients"), "foreign");
    Issued runtime = foreign.client(EncryptedCluster.RUNTIME, KeyFormat.EC);
    Issued migrator = foreign.client(EncryptedCluster.MIGRATOR, KeyFormat.EC);
    try (EndpointConnections connections =
        connections("localhost", certificates(TlsMode.VERIFY_FULL, runtime, migrator))) {
      assertThat(refusals(connections)).hasSize(4);
    }
  }

  @Test
  void serverCertificateOfAnotherAuthorityIsRefused() throws Exception {
    Authority foreign = new Authority(directory("foreign-servers"), "foreign");
    Map<String, String> settings = trusted(TlsMode.VERIFY_CA);
    settings.put("tls.authority", foreign.certificate().toString());
    try (EndpointConnections connections = connections("localhost", settings)) {
      assertRefused(connections, "certification path");
    }
  }

  @Test
  void serverCertificateForAnotherNameIsRefusedByVerifyFullOnly() throws Exception {
    try (EndpointConnections strict = connections("127.0.0.1", trusted(TlsMode.VERIFY_FULL));
        EndpointConnections lax = connections("127.0.0.1", trusted(TlsMode.VERIFY_CA))) {
      assertRefused(strict, "127.0.0.1");
      assertThat(everyWay(lax)).allMatch(who -> who.contains(" true "));
    }
  }

  @Test
  void requireEncryptsWithoutVerification() throws Exception {
    Map<String, String> settings = trusted(TlsMode.REQUIRE);
    settings.remove("tls.authority");
    try (EndpointConnections connections = connections("127.0.0.1", settings)) {
      assertThat(everyWay(connections)).allMatch(who -> who.contains(" true "));
    }
  }

  @Test
  void nextConnectionUsesARenewedCertificate() throws Exception {
    Map<String, String> settings = trusted(TlsMode.VERIFY_FULL);
    try (EndpointConnections connections = connections("localhost", settings);
        EndpointConnections later = connections("localhost", settings)) {
      DataSource single = connections.writes().unpooled("test", Duration.ofSeconds(30));
      String before = query(single);
      assertThat(read(connections.reads())).isEqualTo(before);
      Issued renewed = cluster.clients().client(EncryptedCluster.RUNTIME, KeyFormat.RSA);
      replace(renewed.certificate(), settings.get("tls.certificate"));
      replace(renewed.key(), settings.get("tls.key"));
      String after = query(single);
      assertThat(after).startsWith("app true ").isNotEqualTo(before);
      assertThat(read(later.reads())).isEqualTo(after);
      assertThat(read(connections.reads())).isEqualTo(before);
    }
  }

  /** The Vert.x client only reports that the handshake failed. */
  private static void assertRefused(EndpointConnections connections, String why) {
    List<String> refusals = refusals(connections);
    assertThat(refusals.get(0)).contains("SSL handshake failed");
    assertThat(refusals.subList(1, 4)).allMatch(refusal -> refusal.contains(why));
  }

  /** Certificates that the server takes, in files of their own. */
  private static Map<String, String> trusted(TlsMode mode) throws Exception {
    Path directory = directory("own");
    Issued runtime = copied(EncryptedCluster.RUNTIME, directory);
    Issued migrator = copied(EncryptedCluster.MIGRATOR, directory);
    return certificates(mode, runtime, migrator);
  }

  private static Issued copied(String role, Path directory) throws Exception {
    Issued issued = cluster.clients().client(role, KeyFormat.EC);
    return new Issued(
        Files.copy(issued.certificate(), directory.resolve(role + ".crt")),
        Files.copy(issued.key(), directory.resolve(role + ".key")));
  }

  private static void replace(Path file, @Nullable String old) throws Exception {
    Files.copy(file, Path.of(Objects.requireNonNull(old)), StandardCopyOption.REPLACE_EXISTING);
  }

  private static Path directory(String name) throws Exception {
    return Files.createTempDirectory(Path.of("target").toAbsolutePath(), name);
  }
}
