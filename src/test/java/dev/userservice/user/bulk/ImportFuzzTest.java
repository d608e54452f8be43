package dev.userservice.user.bulk;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Whatever the lines of an import are: every good one is kept, and every wrong one is told. */
@QuarkusTest
class ImportFuzzTest {

  private static final int IMPORTS = 20;
  private static final int LINES = 500;
  private static final int IDS = 200;

  @Test
  void everyGoodLineIsKeptAndEveryWrongOneTold() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    long firstId = ThreadLocalRandom.current().nextLong(1L << 40, 1L << 41);
    for (int each = 0; each < IMPORTS; each++) {
      RandomLines lines = new RandomLines(random, LINES, firstId);
      Response answer =
          given().contentType("application/x-ndjson").body(lines.bytes()).post("/users/import");
      String because = "seed %d, import %d".formatted(seed, each);
      assertThat(answer.statusCode()).as(because).isEqualTo(200);
      assertThat(answer.jsonPath().getList("rejected.line", Long.class))
          .as(because)
          .containsExactlyElementsOf(lines.wrong());
      assertThat(answer.jsonPath().getList("rejected.detail", String.class))
          .as(because)
          .allMatch(detail -> detail.endsWith("."));
      assertThat(answer.jsonPath().getInt("rejectedCount")).isEqualTo(lines.wrong().size());
      assertThat(answer.jsonPath().getInt("imported")).isEqualTo(lines.good().size());
      assertAreThere(because, lines.good());
      firstId += LINES;
    }
  }

  private static void assertAreThere(String because, List<Long> ids) {
    for (int from = 0; from < ids.size(); from += IDS) {
      List<Long> some = ids.subList(from, Math.min(ids.size(), from + IDS));
      List<Long> found =
          given()
              .header("Consistency", "strong")
              .queryParam(
                  "ids", some.stream().map(String::valueOf).collect(Collectors.joining(",")))
              .get("/users")
              .jsonPath()
              .getList("items.id", Long.class);
      assertThat(found).as(because).isEqualTo(some);
    }
  }
}
