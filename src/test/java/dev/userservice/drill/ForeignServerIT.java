package dev.userservice.drill;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.userservice.ServiceProcess;
import dev.userservice.datasource.Endpoint;
import dev.userservice.embedded.EmbeddedCluster;
import dev.userservice.embedded.EmbeddedServer;
import dev.userservice.embedded.EmbeddedSettings;
import dev.userservice.embedded.server.FileTree;
import dev.userservice.topology.Topology;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A freshly initialised, empty server is first in a shard's list, and answers sooner than the
 * shard's own. It is not taken for the shard, nothing is written to it, and the users are there.
 */
@Tag("deep")
final class ForeignServerIT {

  private static final Duration BOUND = Duration.ofSeconds(40);
  private static final String OBJECTS =
      "SELECT count(*) FROM pg_class WHERE relnamespace >= 16384 OR relnamespace = 2200";

  static List<Long> seeds() {
    return DrillSeeds.two();
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void anEmptyServerIsNotTakenForTheShard(long seed) throws Exception {
    System.out.println("foreign server drill: seed " + seed);
    Random random = new Random(seed);
    long user = new FreshIds(System.nanoTime()).next();
    Vertx vertx = EventLoops.single();
    try (DrillCluster cluster = DrillCluster.start("drill-foreign", 1);
        EmbeddedCluster empty = empty(cluster)) {
      try (ServiceProcess first = cluster.service()) {
        put(first, user).then().statusCode(201);
      }
      List<Endpoint> endpoints = new ArrayList<>();
      for (Endpoint server : cluster.topology().shards().get(0)) {
        DelayingProxy proxy = DelayingProxy.before(server, vertx);
        proxy.delay(Duration.ZERO, Duration.ofMillis(50 + random.nextInt(50)));
        endpoints.add(proxy.endpoint());
      }
      endpoints.add(0, empty.topology().shards().get(0).get(0));
      Topology topology = new Topology(List.of(endpoints), cluster.topology().credentials());
      boolean hung = random.nextBoolean();
      List<EmbeddedServer> servers = cluster.servers().servers();
      if (hung) {
        servers.forEach(cluster.servers()::pause);
      }
      try (ServiceProcess service =
          ServiceProcess.launchOn(topology, Path.of("drill-foreign-" + seed))) {
        if (hung) {
          Awaitility.await()
              .atMost(BOUND)
              .until(
                  () -> service.output().contains("the database is empty, and is not initialised"));
          servers.forEach(cluster.servers()::resume);
        }
        service.awaitReady();
        given().get(service.address("/users/" + user)).then().statusCode(200);
        put(service, user).then().statusCode(200);
        Awaitility.await()
            .atMost(BOUND)
            .until(() -> service.output().contains("its system identifier is another"));
        assertThat(service.output()).contains(endpoints.get(0) + " does not answer");
        assertThat(StrayServer.query(endpoints.get(0), cluster.topology().credentials(), OBJECTS))
            .as("tables in the empty server")
            .isEqualTo("0");
      }
    } finally {
      EventLoops.await(vertx.close(), BOUND);
    }
  }

  /** A cluster of one server with the same role and password. */
  private static EmbeddedCluster empty(DrillCluster cluster) throws IOException {
    Path directory = Path.of("target", "drill-foreign", "empty");
    FileTree.delete(directory);
    Files.createDirectories(directory);
    Path own = cluster.primary(0).dataDirectory().resolveSibling("password");
    Files.copy(own, directory.resolve("password"), StandardCopyOption.REPLACE_EXISTING);
    return EmbeddedCluster.start(EmbeddedSettings.in(directory).sized(1, 0));
  }

  private static io.restassured.response.Response put(ServiceProcess service, long user) {
    return given()
        .contentType("application/json")
        .body("{\"name\":\"kept\"}")
        .put(service.address("/users/" + user));
  }
}
