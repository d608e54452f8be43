package dev.userservice.datasource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.config.SmallRyeConfigBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.SslMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which settings of encryption fit together, and what both clients make of them. */
final class EncryptionSettingsTest {

  @TempDir private Path directory;
  private String file = "";

  @BeforeEach
  void create() throws IOException {
    file = Files.createFile(directory.resolve("ca.crt")).toString();
  }

  @Test
  void verificationNeedsAnAuthority() {
    refused(Map.of("tls.mode", "verify-full"), "tls.mode VERIFY_FULL", "tls.authority");
    refused(Map.of("tls.mode", "verify-ca"), "tls.mode VERIFY_CA", "tls.authority");
    accepted(Map.of("tls.mode", "verify-ca", "tls.authority", file));
    accepted(Map.of("tls.mode", "require"));
  }

  @Test
  void filesWithoutEncryptionAreRefused() {
    refused(Map.of("tls.authority", file), "users.datasource.tls.authority", "disable");
    refused(
        Map.of("migrator-tls.certificate", file, "migrator-tls.key", file),
        "users.datasource.migrator-tls.certificate",
        "disable");
    accepted(Map.of());
  }

  @Test
  void certificateAndKeyNeedEachOther() {
    refused(
        Map.of("tls.mode", "require", "tls.certificate", file),
        "users.datasource.tls.certificate",
        "users.datasource.tls.key");
    refused(
        Map.of("tls.mode", "require", "migrator-tls.key", file),
        "users.datasource.migrator-tls.certificate");
    accepted(Map.of("tls.mode", "require", "tls.certificate", file, "tls.key", file));
  }

  @Test
  void unreadableFileIsNamed() {
    refused(
        Map.of("tls.mode", "verify-ca", "tls.authority", "/nowhere/ca.crt"),
        "users.datasource.tls.authority",
        "/nowhere/ca.crt");
  }

  @ParameterizedTest
  @CsvSource({
    "disable, DISABLE, false",
    "require, REQUIRE, true",
    "verify-ca, VERIFY_CA, false",
    "verify-full, VERIFY_FULL, false"
  })
  void bothClientsUseTheMode(String mode, SslMode expected, boolean trustsAll) {
    Encryption encryption = Encryption.of(config(Map.of("tls.mode", mode, "tls.authority", file)));
    PgConnectOptions options = new PgConnectOptions();
    encryption.applyTo(options);
    assertThat(options.getSslMode()).isEqualTo(expected);
    assertThat(options.isTrustAll()).isEqualTo(trustsAll);
    assertThat(encryption.jdbcProperties()).containsEntry("sslmode", mode);
  }

  @Test
  void onlyVerifyFullComparesTheHostName() {
    assertThat(hostNameVerification("verify-full")).isEqualTo("HTTPS");
    assertThat(hostNameVerification("verify-ca")).isEmpty();
  }

  @Test
  void theMigratorHasItsOwnCertificateAndTheSharedAuthority() {
    Map<String, String> settings =
        Map.of(
            "tls.mode", "verify-ca",
            "tls.authority", file,
            "tls.certificate", "runtime.crt",
            "tls.key", "runtime.key",
            "migrator-tls.certificate", "migrator.crt",
            "migrator-tls.key", "migrator.key");
    assertThat(Encryption.ofMigrator(config(settings)).jdbcProperties())
        .containsEntry("sslrootcert", file)
        .containsEntry("sslcert", "migrator.crt")
        .containsEntry("sslkey", "migrator.key");
  }

  @Test
  void withoutAMigratorTheServingRoleMigrates() {
    Credentials credentials = new Credentials("users", "app", "secret");
    assertThat(Login.ofMigrator(config(Map.of()), credentials).credentials())
        .isEqualTo(credentials);
    assertThat(
            Login.ofMigrator(config(Map.of("migrator-username", "owner")), credentials)
                .credentials())
        .isEqualTo(new Credentials("users", "owner", ""));
  }

  private String hostNameVerification(String mode) {
    PgConnectOptions options = new PgConnectOptions();
    Encryption.of(config(Map.of("tls.mode", mode, "tls.authority", file))).applyTo(options);
    return options.getHostnameVerificationAlgorithm();
  }

  private static void accepted(Map<String, String> settings) {
    assertThatCode(() -> Encryption.check(config(settings))).doesNotThrowAnyException();
  }

  private static void refused(Map<String, String> settings, String... named) {
    assertThatThrownBy(() -> Encryption.check(config(settings)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll(named);
  }

  private static DataSourceConfig config(Map<String, String> settings) {
    Map<String, String> all = new HashMap<>();
    settings.forEach((name, value) -> all.put("users.datasource." + name, value));
    return new SmallRyeConfigBuilder()
        .addDiscoveredConverters()
        .withMapping(DataSourceConfig.class)
        .withDefaultValues(all)
        .build()
        .getConfigMapping(DataSourceConfig.class);
  }
}
