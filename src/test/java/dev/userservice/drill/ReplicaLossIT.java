package dev.userservice.drill;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.userservice.ServiceProcess;
import io.restassured.response.Response;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** A write that no replica has is not acknowledged, however long it has waited. */
final class ReplicaLossIT {

  private static final long ON_SHARD_0 = userOfShard0();

  @Test
  void writeWithoutReplicaIsNotAcknowledged() throws Exception {
    try (ServiceProcess service =
        ServiceProcess.start(
            Path.of("target/drill-replica-loss"), "-Dusers.datasource.write-deadline=2s")) {
      Servers servers = new Servers(service);
      servers.awaitHealthy(0);
      assertThat(write(service).statusCode()).isEqualTo(200);
      servers.signalReplicas(0, "STOP");
      try {
        Response refused = write(service);
        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.jsonPath().getString("type")).isEqualTo("/problems/outcome-unknown");
        assertThat(refused.header("Retry-After")).isNotNull();
      } finally {
        servers.signalReplicas(0, "CONT");
      }
      Awaitility.await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> write(service).statusCode() == 200);
    }
  }

  @Test
  void stoppedReplicasCostOneBoundedTimeout() throws Exception {
    try (ServiceProcess service = ServiceProcess.start(Path.of("target/drill-replica-stop"))) {
      Servers servers = new Servers(service);
      servers.awaitHealthy(0);
      assertThat(write(service).statusCode()).isEqualTo(200);
      Awaitility.await().until(() -> read(service) == 200);
      servers.signalReplicas(0, "STOP");
      try {
        long begin = System.nanoTime();
        for (int turn = 0; turn < 100; turn++) {
          assertThat(read(service)).isEqualTo(200);
        }
        // In the worst case, one read deadline of two seconds for each stopped server and event
        // loop.
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(12));
      } finally {
        servers.signalReplicas(0, "CONT");
      }
    }
  }

  private static int read(ServiceProcess service) {
    return given().get(service.address("/user/" + ON_SHARD_0)).statusCode();
  }

  private static Response write(ServiceProcess service) {
    return given()
        .contentType("application/json")
        .body("{\"name\":\"waits\"}")
        .post(service.address("/user/" + ON_SHARD_0));
  }

  private static long userOfShard0() {
    long id = 1;
    while (WriteRecord.shardOf(id) != 0) {
      id++;
    }
    return id;
  }
}
