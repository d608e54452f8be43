package dev.userservice.user;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.userservice.replication.MonitoredEndpoint;
import dev.userservice.replication.Role;
import dev.userservice.sharding.Shards;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Users found by their e-mail address: in any case, in pages, all of them. */
@QuarkusTest
class EmailLookUpTest {

  private static final Path SCRIPT =
      Path.of("src/main/resources/db/migration/V4__email_look_up.sql");

  private final String domain = UUID.randomUUID() + ".example";
  @Inject Shards shards;
  @Inject UserIdSequence ids;

  @ParameterizedTest
  @ValueSource(ints = {7, 50, 119, 120, 121, 1000})
  void pagesHaveEveryUserOnceInTheOrderOfIds(int limit) {
    List<Long> created = created(Stream.generate(() -> "Many+one@" + domain).limit(120).toList());
    List<Long> found = new ArrayList<>();
    String next = "/users?limit=" + limit + "&email=many%2BONE@" + domain;
    while (next != null) {
      Response page = get(next);
      List<Long> items = page.jsonPath().getList("items.id", Long.class);
      assertThat(items).hasSizeLessThanOrEqualTo(limit);
      found.addAll(items);
      next = linked(page);
      assertThat(next == null).isEqualTo(page.jsonPath().getString("nextCursor") == null);
    }
    assertThat(found).isEqualTo(created.stream().sorted().toList());
  }

  @Test
  void moreUsersThanAnyLimitAreFoundPageByPage() {
    created(Stream.generate(() -> "all@" + domain).limit(2500).toList());
    Set<Long> found = new TreeSet<>();
    List<Integer> sizes = new ArrayList<>();
    String next = "/users?limit=1000&email=all@" + domain;
    while (next != null) {
      Response page = get(next);
      List<Long> items = page.jsonPath().getList("items.id", Long.class);
      sizes.add(items.size());
      found.addAll(items);
      next = linked(page);
    }
    assertThat(sizes).containsExactly(1000, 1000, 500);
    assertThat(found).hasSize(2500);
  }

  @Test
  void aPageHasFiftyUsersByDefault() {
    created(Stream.generate(() -> "default@" + domain).limit(51).toList());
    JsonPath page = get("/users?email=default@" + domain).jsonPath();
    assertThat(page.getList("items")).hasSize(50);
    assertThat(page.getString("nextCursor")).isNotNull();
  }

  @Test
  void aCursorLeadsOnInItsOwnListOnly() {
    created(Stream.of("a@", "a@", "b@", "b@").map(name -> name + domain).toList());
    String ofA = get("/users?limit=1&email=a@" + domain).jsonPath().getString("nextCursor");
    String ofAll = get("/users?limit=1").jsonPath().getString("nextCursor");
    assertThat(status("cursor=" + ofA + "&email=a@" + domain)).isEqualTo(200);
    assertThat(status("cursor=" + ofAll)).isEqualTo(200);
    assertThat(status("cursor=" + ofA + "&email=b@" + domain)).isEqualTo(400);
    assertThat(status("cursor=" + ofA)).isEqualTo(400);
    assertThat(status("cursor=" + ofAll + "&email=a@" + domain)).isEqualTo(400);
    assertThat(status("limit=0&email=a@" + domain)).isEqualTo(400);
    assertThat(status("limit=1001&email=a@" + domain)).isEqualTo(400);
  }

  @ParameterizedTest
  @CsvSource({
    "ΟΔΟΣ, ΟΔΟΣ",
    "ΟΔΟΣ, οδος",
    "ΟΔΟΣ, οδοσ",
    "οδος, ΟΔΟΣ",
    "οδος, οδοσ",
    "İstanbul, İstanbul",
    "İstanbul, istanbul",
    "ISTANBUL, ıstanbul",
    "Straße, STRAẞE",
    "Ǆ, ǅ",
    "ΑΣ.ΑΣ, ας.ας",
    "\uD801\uDC00, \uD801\uDC28"
  })
  void anAddressIsFoundInEveryCase(String stored, String asked) {
    List<Long> created = created(List.of(stored + "@" + domain));
    assertThat(found(asked + "@" + domain)).isEqualTo(created);
    created = created(List.of("x@" + stored + "." + domain));
    assertThat(found("x@" + asked + "." + domain)).isEqualTo(created);
  }

  @ParameterizedTest
  @CsvSource({"é, e", "Straße, Strasse", "ﬁ, fi", "a.b, ab", "Α, A"})
  void anotherAddressIsNotFound(String stored, String asked) {
    created(List.of(stored + "@" + domain));
    assertThat(found(asked + "@" + domain)).isEmpty();
  }

  /** Of all code points, those that have case by Java's tables or by the database's. */
  @Test
  void everyLetterThatHasCaseIsFoundByEachOfItsForms() throws SQLException {
    Map<Integer, Set<Integer>> forms = forms();
    assertThat(forms).hasSizeGreaterThan(2700);
    List<Integer> letters = List.copyOf(forms.keySet());
    List<Long> created =
        created(letters.stream().map(letter -> Character.toString(letter) + "@" + domain).toList());
    Map<Integer, Set<Long>> found =
        forms.values().stream()
            .flatMap(Set::stream)
            .distinct()
            .parallel()
            .collect(
                Collectors.toConcurrentMap(
                    form -> form,
                    form -> Set.copyOf(found(Character.toString(form) + "@" + domain))));
    List<String> missing = new ArrayList<>();
    for (int index = 0; index < letters.size(); index++) {
      for (int form : forms.get(letters.get(index))) {
        if (!found.get(form).contains(created.get(index))) {
          missing.add("U+%04X by U+%04X".formatted(letters.get(index), form));
        }
      }
    }
    assertThat(missing).isEmpty();
  }

  @Test
  void aPageIsReadFromTheIndexInItsOrder() throws SQLException {
    created(IntStream.range(0, 500).mapToObj(number -> number + "@" + domain).toList());
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute("ANALYZE users");
      statement.execute("SET enable_seqscan = off; SET enable_bitmapscan = off");
      statement.execute(
          "PREPARE page AS SELECT id FROM users "
              + UserReads.WITH_EMAIL.replace("$2", "$2::bigint").replace("$3", "$3::integer"));
      try (ResultSet plan =
          statement.executeQuery("EXPLAIN EXECUTE page('a@b', 5::bigint, 51::integer)")) {
        List<String> lines = new ArrayList<>();
        while (plan.next()) {
          lines.add(plan.getString(1));
        }
        assertThat(String.join("\n", lines))
            .contains("Index Scan using users_email_folded")
            .contains("AND (id >")
            .doesNotContain("Sort", "Filter");
      }
      connection.rollback();
    }
  }

  /** As in the moment after the leader has migrated: replicas replay it a little later. */
  @Test
  void aReplicaWithoutTheFoldingIsNoReasonToFail() throws Exception {
    List<Long> created = created(List.of("Late@" + domain));
    onEach(true, "DROP FUNCTION folded_email CASCADE");
    try {
      Awaitility.await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> counted("SELECT count(*) FROM pg_proc WHERE proname = 'folded_email'") == 0);
      onEach(false, "SELECT pg_wal_replay_pause()");
      onEach(true, Files.readString(SCRIPT));
      for (String level : List.of("eventual", "bounded=60000", "session")) {
        Response found = given().header("Consistency", level).get("/users?email=lATE@" + domain);
        assertThat(found.statusCode()).as(found.asString()).isEqualTo(200);
        assertThat(found.jsonPath().getList("items.id", Long.class)).isEqualTo(created);
        assertThat(found.header("Served-By")).contains("role=primary");
      }
    } finally {
      onEach(false, "SELECT pg_wal_replay_resume()");
      onEach(true, Files.readString(SCRIPT));
    }
  }

  /** Runs a statement on each primary, or on each replica. */
  private void onEach(boolean primaries, String sql) throws SQLException {
    for (MonitoredEndpoint server : servers(primaries)) {
      try (Connection connection = connect(server);
          Statement statement = connection.createStatement()) {
        statement.execute(sql);
      }
    }
  }

  private long counted(String sql) throws SQLException {
    long sum = 0;
    for (MonitoredEndpoint server : servers(false)) {
      try (Connection connection = connect(server);
          Statement statement = connection.createStatement();
          ResultSet row = statement.executeQuery(sql)) {
        row.next();
        sum += row.getLong(1);
      }
    }
    return sum;
  }

  private List<MonitoredEndpoint> servers(boolean primaries) {
    return shards.all().stream()
        .flatMap(shard -> shard.group().endpoints().stream())
        .filter(server -> (server.state().role() == Role.PRIMARY) == primaries)
        .toList();
  }

  private static Connection connect(MonitoredEndpoint server) throws SQLException {
    return server.writes().unpooled("test", Duration.ofSeconds(60)).getConnection();
  }

  private Map<Integer, Set<Integer>> forms() throws SQLException {
    Map<Integer, Set<Integer>> forms = new TreeMap<>();
    IntStream.rangeClosed(1, Character.MAX_CODE_POINT)
        .forEach(
            letter -> {
              add(forms, letter, Character.toUpperCase(letter));
              add(forms, letter, Character.toLowerCase(letter));
              add(forms, letter, Character.toTitleCase(letter));
            });
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                """
                SELECT n, ascii(upper(c COLLATE "pg_c_utf8")), ascii(lower(c COLLATE "pg_c_utf8"))
                FROM (SELECT n, chr(n) AS c FROM generate_series(1, 1114111) n
                      WHERE n NOT BETWEEN 55296 AND 57343) letter
                """)) {
      while (row.next()) {
        add(forms, row.getInt(1), row.getInt(2));
        add(forms, row.getInt(1), row.getInt(3));
      }
    }
    return forms;
  }

  /** Each is a form of the other, and of itself. */
  private static void add(Map<Integer, Set<Integer>> forms, int letter, int form) {
    if (letter != form) {
      forms.computeIfAbsent(letter, none -> new TreeSet<>(Set.of(letter))).add(form);
      forms.computeIfAbsent(form, none -> new TreeSet<>(Set.of(form))).add(letter);
    }
  }

  /** Creates a user with each of the addresses, and answers their IDs. */
  private List<Long> created(List<String> addresses) {
    List<Long> created = new ArrayList<>();
    StringBuilder lines = new StringBuilder();
    for (String address : addresses) {
      long id = ids.next();
      created.add(id);
      lines.append("{\"id\":%d,\"name\":\"A\",\"email\":\"%s\"}\n".formatted(id, address));
    }
    given()
        .contentType("application/x-ndjson")
        .body(lines.toString().getBytes(StandardCharsets.UTF_8))
        .post("/users/import")
        .then()
        .statusCode(200)
        .body("imported", org.hamcrest.Matchers.equalTo(addresses.size()));
    return created;
  }

  private static List<Long> found(String address) {
    Response found =
        given().header("Consistency", "strong").queryParam("email", address).get("/users");
    assertThat(found.statusCode()).as("%s: %s", address, found.asString()).isEqualTo(200);
    return new JsonObject(found.asString())
        .getJsonArray("items").stream().map(item -> ((JsonObject) item).getLong("id")).toList();
  }

  private static Response get(String address) {
    Response page = given().urlEncodingEnabled(false).header("Consistency", "strong").get(address);
    assertThat(page.statusCode()).as(page.asString()).isEqualTo(200);
    return page;
  }

  private static int status(String query) {
    return given().urlEncodingEnabled(false).get("/users?" + query).statusCode();
  }

  private static @Nullable String linked(Response page) {
    String link = page.header("Link");
    if (link == null) {
      return null;
    }
    String address = link.substring(1, link.indexOf('>'));
    String cursor = page.jsonPath().getString("nextCursor");
    assertThat(Stream.of(address.split("[?&]")).collect(Collectors.toSet()))
        .contains("cursor=" + cursor);
    assertThat(URLDecoder.decode(address, StandardCharsets.UTF_8)).startsWith("/users?");
    return address;
  }

  private Connection connect() throws SQLException {
    return connect(servers(true).get(0));
  }
}
