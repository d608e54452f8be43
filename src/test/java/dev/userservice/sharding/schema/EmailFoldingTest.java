package dev.userservice.sharding.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.userservice.TestCluster;
import dev.userservice.TestConnections;
import dev.userservice.datasource.Credentials;
import dev.userservice.election.vote.FreshDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The folding of e-mail addresses in databases of other locales and encodings. */
final class EmailFoldingTest {

  private static final Path SCRIPT =
      Path.of("src/main/resources/db/migration/V4__email_look_up.sql");
  // No character from U+20000 on has case.
  private static final String DIGEST =
      """
      SELECT md5(string_agg(%s, ',' ORDER BY n)) FROM generate_series(1, 131071) n
      WHERE n NOT BETWEEN 55296 AND 57343
      """;
  private static final String[] LOCALES = {
    "LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C.UTF-8' LOCALE 'C'",
    "LOCALE_PROVIDER builtin BUILTIN_LOCALE 'PG_UNICODE_FAST' LOCALE 'C'",
    "LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C' LOCALE 'C'",
    "LOCALE_PROVIDER libc LOCALE 'C'"
  };

  @Test
  void theFoldingIsTheSameInEveryLocale() throws Exception {
    Set<String> foldings = new HashSet<>();
    Set<String> lowerCases = new HashSet<>();
    for (String locale : LOCALES) {
      try (Connection connection = database("ENCODING 'UTF8' " + locale)) {
        prepare(connection);
        foldings.add(query(connection, DIGEST.formatted("folded_email(chr(n))")));
        lowerCases.add(query(connection, DIGEST.formatted("lower(chr(n))")));
      }
    }
    assertThat(foldings).hasSize(1);
    assertThat(lowerCases).hasSizeGreaterThan(1);
  }

  @Test
  void theFoldingIsTheSimpleLowerCaseOfTheSimpleUpperCase() throws Exception {
    try (Connection connection = database("ENCODING 'UTF8' " + LOCALES[0])) {
      prepare(connection);
      String other = DIGEST.formatted("lower(upper(chr(n) COLLATE \"pg_c_utf8\"))");
      assertThat(query(connection, DIGEST.formatted("folded_email(chr(n))")))
          .isEqualTo(query(connection, other));
      assertThat(query(connection, DIGEST.formatted("folded_email(folded_email(chr(n)))")))
          .isEqualTo(query(connection, other));
    }
  }

  @Test
  void aDatabaseOfAnotherEncodingIsRefusedInOneSentence() throws SQLException {
    try (Connection connection = database("ENCODING 'LATIN1' LOCALE_PROVIDER libc LOCALE 'C'")) {
      assertThatThrownBy(() -> run(connection))
          .hasMessageContaining("the service needs a database with the encoding UTF8")
          .hasMessageContaining("this one has LATIN1");
    }
  }

  @Test
  void anIndexThatWasBrokenOffIsBuiltAnewAndACompleteOneKept() throws Exception {
    try (FreshDatabase database = new FreshDatabase().withElection()) {
      SchemaMigrationTest.migration(database).run(FreshDatabase.leadership(1));
      String complete = index(database);
      assertThat(complete).contains("folded_email(email) COLLATE \"C\"");
      try (Connection connection = database.connect();
          Statement statement = connection.createStatement()) {
        run(connection);
        assertThat(index(database)).isEqualTo(complete);
        statement.execute(
            "UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'users_email_folded'::regclass");
        run(connection);
      }
      assertThat(index(database))
          .isNotEqualTo(complete)
          .contains("folded_email(email) COLLATE \"C\"", ":true");
    }
  }

  private static String index(FreshDatabase database) throws SQLException {
    return database.query(
        """
        SELECT indexrelid || pg_get_indexdef(indexrelid) || ':' || indisvalid
        FROM pg_index WHERE indexrelid = 'users_email_folded'::regclass
        """);
  }

  private static Connection database(String options) throws SQLException {
    String name = "fold_" + UUID.randomUUID().toString().replace('-', '_');
    try (Connection connection = TestCluster.primary(0);
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE " + name + " TEMPLATE template0 " + options);
      String port = query(connection, "SELECT inet_server_port()");
      Credentials cluster = TestCluster.topology().credentials();
      return TestConnections.connect(
          TestCluster.topology().shards().get(0).stream()
              .filter(server -> port.equals(Integer.toString(server.port())))
              .findFirst()
              .orElseThrow(),
          new Credentials(name, cluster.username(), cluster.password()));
    }
  }

  /** The script, in a database without the service's schema. */
  private static void prepare(Connection connection) throws SQLException, IOException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE users (id bigint, email text)");
    }
    run(connection);
  }

  private static void run(Connection connection) throws SQLException, IOException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(Files.readString(SCRIPT));
    }
  }

  private static String query(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getString(1);
    }
  }
}
