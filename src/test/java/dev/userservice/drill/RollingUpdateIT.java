package dev.userservice.drill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.userservice.Packaged;
import dev.userservice.TestConnections;
import io.vertx.core.Future;
import io.vertx.core.http.HttpVersion;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Three processes are replaced one after the other while clients write and read; no request fails.
 */
@Tag("deep")
final class RollingUpdateIT {

  private static final Duration BOUND = Duration.ofSeconds(30);

  @Test
  void upgradeWithMigrationFailsNoRequest() throws Exception {
    Assumptions.assumeFalse(Packaged.executable(), "no migration is added to an executable");
    Path next = NextVersion.in(Path.of("target", "next-version-" + UUID.randomUUID()));
    try (DrillCluster cluster = cluster()) {
      underLoad(cluster, next);
      assertThat(newest(cluster)).isEqualTo(NextVersion.SCHEMA);
    }
  }

  @Test
  void restartFailsNoRequest() throws Exception {
    try (DrillCluster cluster = cluster()) {
      underLoad(cluster, Packaged.folder());
    }
  }

  private static DrillCluster cluster() throws Exception {
    return DrillCluster.start("drill-rolling-" + UUID.randomUUID(), 1, 1);
  }

  private static void underLoad(DrillCluster cluster, Path next) throws Exception {
    FreshIds ids = new FreshIds(System.nanoTime());
    try (RollingUpdate update = new RollingUpdate(cluster, Packaged.folder());
        UserClient one = new UserClient(update.address().address(), 6);
        UserClient two = new UserClient(update.address().address(), 2, HttpVersion.HTTP_2)) {
      SteadySessions plain = new SteadySessions(one, ids, 6);
      SteadySessions multiplexed = new SteadySessions(two, ids, 4);
      List<Future<Void>> ends = List.of(one.start(plain::run), two.start(multiplexed::run));
      List<Double> whenMixed = update.roll(next);
      plain.stop();
      multiplexed.stop();
      EventLoops.await(Future.all(ends), BOUND);
      System.out.printf(
          "rolling drill: %d requests by HTTP/1.1, %d by HTTP/2, %d failed; when old and new"
              + " served together: %s%n",
          plain.requests(),
          multiplexed.requests(),
          plain.failures().size() + multiplexed.failures().size(),
          whenMixed);
      assertThat(Stream.of(plain, multiplexed).flatMap(each -> each.failures().stream())).isEmpty();
      assertThat(plain.requests()).isGreaterThan(500);
      assertThat(multiplexed.requests()).isGreaterThan(500);
      assertThat(whenMixed.get(0)).isPositive();
      assertThat(whenMixed.stream().skip(1).mapToDouble(Double::doubleValue).sum()).isPositive();
    }
  }

  private static int newest(DrillCluster cluster) throws Exception {
    try (Connection connection =
            TestConnections.connect(
                cluster.primary(0).endpoint(), cluster.topology().credentials());
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT max(version::integer) FROM flyway_schema_history WHERE success")) {
      row.next();
      return row.getInt(1);
    }
  }
}
