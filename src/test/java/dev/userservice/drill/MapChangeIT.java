package dev.userservice.drill;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.userservice.ServiceProcess;
import dev.userservice.sharding.map.SlotFunction;
import io.vertx.core.Future;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * Slots move to another shard with their users, by hand, while clients write and read them: writes
 * go to the new owner, nobody is told that a user is not there, and nobody is answered an error.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class MapChangeIT {

  private static final int SLOTS = 4096;
  private static final int MOVING = 12;
  private static final int USERS = 240;
  private static final int MOVES = 6;
  private static final int IMPORTED = 20_000;
  private static final Duration NOBODY_OWNS = Duration.ofMillis(150);
  private static final Duration CALM = Duration.ofMillis(700);
  private static final Duration BOUND = Duration.ofSeconds(60);

  private final SlotFunction slots = new SlotFunction(SLOTS);
  private DrillCluster cluster;
  private ServiceProcess one;
  private ServiceProcess other;
  private MapEdit edit;

  @BeforeAll
  void start() throws Exception {
    cluster = DrillCluster.start("drill-map", 2, 1);
    one = cluster.service(cluster.topology(), "one");
    other = cluster.service(cluster.topology(), "other");
    edit = new MapEdit(cluster);
  }

  @AfterAll
  void stop() {
    other.close();
    one.close();
    cluster.close();
  }

  @Test
  void writesAndReadsFollowTheSlotsOfTheirUsers() throws Exception {
    long seed = System.nanoTime();
    System.out.println("map drill: seed " + seed);
    Random random = new Random(seed);
    Set<Integer> moving = someSlots(random);
    MovingUsers users;
    try (UserClient writer = new UserClient(one.address(""), 8);
        UserClient reader = new UserClient(other.address(""), 8)) {
      users = new MovingUsers(writer, reader, usersOf(moving, seed));
      Future<Void> end = users.start();
      int owner = moveBackAndForth(moving, MOVES);
      users.stop();
      EventLoops.await(end, BOUND);
      assertLanded(users.acknowledged(), owner);
    }
    System.out.printf(
        "map drill: %d moves, %d writes read back, %d older, failed %s%n",
        MOVES, users.exchanges(), users.older(), users.failures());
    assertThat(users.failures()).as("seed %d", seed).isEmpty();
    assertThat(users.exchanges()).isGreaterThan(100);
  }

  @Test
  void anImportFollowsTheSlotsOfItsUsers() throws Exception {
    long seed = System.nanoTime();
    System.out.println("map drill: import, seed " + seed);
    Set<Integer> moving = someSlots(new Random(seed));
    FreshIds ids = new FreshIds(seed);
    StringBuilder lines = new StringBuilder();
    for (int user = 0; user < IMPORTED; user++) {
      lines.append("{\"id\":%d,\"name\":\"import\"}\n".formatted(ids.next()));
    }
    CompletableFuture<String> answer = CompletableFuture.supplyAsync(() -> imported(lines));
    for (int move = 0; !answer.isDone(); move++) {
      edit.move(moving, move % 2, 1 - move % 2, Duration.ofMillis(20));
    }
    assertThat(answer.join())
        .isEqualTo("{\"imported\":%d,\"rejectedCount\":0,\"rejected\":[]}".formatted(IMPORTED));
  }

  @Test
  void aProcessWithoutRequestsLearnsTheMapFromItsProbes() throws Exception {
    Set<Integer> moving = someSlots(new Random(7));
    edit.move(moving, 0, 1, Duration.ZERO);
    long owned = edit.slotsOf(0);
    Awaitility.await()
        .atMost(Duration.ofSeconds(5))
        .until(() -> (long) other.metric("users_sharding_slots", "shard=\"0\"") == owned);
    edit.move(moving, 1, 0, Duration.ZERO);
  }

  private int moveBackAndForth(Set<Integer> moving, int times) throws SQLException {
    int owner = 0;
    for (int move = 0; move < times; move++) {
      DrillTime.pass(CALM);
      edit.move(moving, owner, 1 - owner, NOBODY_OWNS);
      owner = 1 - owner;
    }
    DrillTime.pass(CALM);
    return owner;
  }

  private void assertLanded(Map<Long, Long> acknowledged, int owner) throws SQLException {
    for (Map.Entry<Long, Long> user : acknowledged.entrySet()) {
      assertThat(edit.counter(owner, user.getKey())).isEqualTo(user.getValue());
      assertThat(edit.counter(1 - owner, user.getKey())).isEqualTo(-1);
    }
  }

  /** Slots of the first shard, which owns the first half of them all. */
  private static Set<Integer> someSlots(Random random) {
    Set<Integer> some = new HashSet<>();
    while (some.size() < MOVING) {
      some.add(random.nextInt(SLOTS / 2));
    }
    return some;
  }

  private List<Long> usersOf(Set<Integer> some, long seed) {
    FreshIds ids = new FreshIds(seed);
    List<Long> users = new ArrayList<>();
    while (users.size() < USERS) {
      long id = ids.next();
      if (some.contains(slots.slotOf(id))) {
        users.add(id);
      }
    }
    return users;
  }

  private String imported(CharSequence lines) {
    return given()
        .baseUri(one.address("/").toString())
        .contentType("application/x-ndjson")
        .body(lines.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8))
        .post("/users/import")
        .asString();
  }
}
