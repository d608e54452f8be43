package dev.userservice.user.bulk;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.userservice.user.bulk.LineOracle.Fate;
import dev.userservice.user.bulk.LineOracle.Verdict;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** 10,000 random lines against an oracle that reads them by the rules alone. */
@QuarkusTest
class ImportFuzzTest {

  private static final int IMPORTS = 10;
  private static final int LINES = 1000;

  @Test
  void everyGoodLineIsKeptAndEveryOtherOneToldByItsNumber() throws IOException {
    long seed = Long.getLong("seed", System.nanoTime());
    SplittableRandom random = new SplittableRandom(seed);
    RandomLines lines = new RandomLines(random, random.nextLong(1L << 51, 1L << 52));
    Map<Fate, Integer> fates = new HashMap<>();
    for (int number = 0; number < IMPORTS; number++) {
      List<byte[]> sent = new ArrayList<>();
      for (int line = 0; line < LINES; line++) {
        sent.add(lines.next());
      }
      imported(sent, "import %d of seed %d".formatted(number, seed), fates);
    }
    assertThat(fates.get(Fate.GOOD)).as("seed %d: %s", seed, fates).isGreaterThan(2000);
    assertThat(fates.get(Fate.BAD)).as("seed %d: %s", seed, fates).isGreaterThan(2000);
  }

  private static void imported(List<byte[]> lines, String which, Map<Fate, Integer> fates)
      throws IOException {
    Map<Long, String> names = new HashMap<>();
    Set<Long> bad = new HashSet<>();
    int good = 0;
    for (int line = 1; line <= lines.size(); line++) {
      Verdict verdict = LineOracle.judge(lines.get(line - 1));
      fates.merge(verdict.fate(), 1, Integer::sum);
      boolean taken = verdict.id() != null && names.containsKey(verdict.id());
      if (verdict.fate() == Fate.BAD || taken) {
        bad.add((long) line);
      } else if (verdict.fate() == Fate.GOOD) {
        good++;
        if (verdict.id() != null) {
          names.put(verdict.id(), verdict.name());
        }
      }
    }
    Response response = sent(lines);
    assertThat(response.statusCode()).as("%s: %s", which, response.asString()).isEqualTo(200);
    JsonNode report = new ObjectMapper().readTree(response.asByteArray());
    Set<Long> told = new HashSet<>();
    report.get("rejected").forEach(rejection -> told.add(rejection.get("line").asLong()));
    assertThat(told).as(which).isEqualTo(bad);
    assertThat(report.get("rejectedCount").asInt()).as(which).isEqualTo(bad.size());
    assertThat(report.get("imported").asInt()).as(which).isEqualTo(good);
    assertThat(stored(names.keySet())).as(which).isEqualTo(names);
  }

  private static Response sent(List<byte[]> lines) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    for (byte[] line : lines) {
      body.writeBytes(line);
      body.write('\n');
    }
    return given()
        .contentType("application/x-ndjson")
        .body(body.toByteArray())
        .post("/users/import");
  }

  private static Map<Long, String> stored(Set<Long> ids) throws IOException {
    Map<Long, String> names = new HashMap<>();
    List<Long> all = List.copyOf(ids);
    for (int from = 0; from < all.size(); from += 100) {
      List<Long> some = all.subList(from, Math.min(from + 100, all.size()));
      String list = some.stream().map(String::valueOf).collect(Collectors.joining(","));
      byte[] found =
          given()
              .header("Consistency", "strong")
              .queryParam("ids", list)
              .get("/users")
              .asByteArray();
      new ObjectMapper()
          .readTree(found)
          .get("items")
          .forEach(user -> names.put(user.get("id").asLong(), user.get("name").asText()));
    }
    return names;
  }
}
