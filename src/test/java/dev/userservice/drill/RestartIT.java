package dev.userservice.drill;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.userservice.ServiceProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** All users are there after a stop, and after the service was killed. */
final class RestartIT {

  private static final int USERS = 200;

  @Test
  void allDataIsThereAfterAStopAndAfterAKill() throws Exception {
    Path directory = Path.of("target/drill-restart");
    long first = UUID.randomUUID().getMostSignificantBits() >>> 20;
    try (ServiceProcess service = ServiceProcess.start(directory)) {
      for (long id = first; id < first + USERS; id++) {
        given()
            .contentType("application/json")
            .body("{\"name\":\"kept\"}")
            .post(service.address("/user/" + id))
            .then()
            .statusCode(200);
      }
    }
    try (ServiceProcess service = ServiceProcess.start(directory)) {
      assertAllThere(service, first);
      service.kill();
    }
    try (ServiceProcess service = ServiceProcess.start(directory)) {
      assertAllThere(service, first);
    }
  }

  @Test
  void unwritableDirectoryIsNamedInOneLine() throws Exception {
    Path directory = Files.createTempFile(Path.of("target"), "not-a-directory", "");
    try (ServiceProcess service = ServiceProcess.launch(directory)) {
      assertThat(service.awaitExit()).isNotZero();
      assertThat(service.output().lines().filter(line -> line.contains("cannot start")))
          .singleElement()
          .asString()
          .contains(directory.getFileName().toString());
      assertThat(service.output()).doesNotContain("\tat ");
    }
  }

  @Test
  void aValueOutOfBoundsIsToldInOneLine() throws Exception {
    Path directory = Files.createTempDirectory(Path.of("target"), "drill-out-of-bounds");
    try (ServiceProcess service =
        ServiceProcess.launch(directory, "-Dusers.routing.slow-start=11m")) {
      assertThat(service.awaitExit()).isEqualTo(1);
      assertThat(service.output().lines().filter(line -> line.contains("users.")))
          .containsExactly("\tusers.routing.slow-start is PT11M; it must be at most 10 min");
      assertThat(service.output()).doesNotContain("\tat ").doesNotContain("org.hibernate");
    }
  }

  @Test
  void unknownSettingStopsTheStart() throws Exception {
    Path directory = Path.of("target/drill-unknown-setting");
    try (ServiceProcess service = ServiceProcess.launch(directory, "-Dusers.sharding.solts=8192")) {
      assertThat(service.awaitExit()).isNotZero();
      assertThat(service.output()).contains("users.sharding.solts");
    }
  }

  @Test
  void misspeltPartStopsTheStart() throws Exception {
    Path directory = Path.of("target/drill-unknown-part");
    try (ServiceProcess service = ServiceProcess.launch(directory, "-Dusers.shrading.slots=64")) {
      assertThat(service.awaitExit()).isEqualTo(1);
      assertThat(service.output()).contains("no such settings: users.shrading.slots");
    }
  }

  private static void assertAllThere(ServiceProcess service, long first) {
    for (long id = first; id < first + USERS; id++) {
      given().get(service.address("/user/" + id)).then().statusCode(200);
    }
  }
}
