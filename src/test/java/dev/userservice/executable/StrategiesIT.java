package dev.userservice.executable;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;

import dev.userservice.ServiceProcess;
import dev.userservice.TestCluster;
import dev.userservice.label.Labels;
import dev.userservice.routing.strategy.StrategyName;
import io.restassured.response.Response;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A user is read by each strategy that can be configured. */
@Tag("executable")
final class StrategiesIT {

  @ParameterizedTest
  @EnumSource
  void userIsReadByEveryStrategy(StrategyName strategy) throws Exception {
    String label = Labels.of(strategy);
    try (ServiceProcess service =
        ServiceProcess.startOn(
            TestCluster.topology(),
            Path.of("executable-" + label),
            "-Dusers.routing.strategy=" + label)) {
      Response written =
          given()
              .contentType("application/json")
              .body("{\"name\":\"Ada\"}")
              .put(service.address("/users/7"));
      given()
          .header("Consistency-Token", written.header("Consistency-Token"))
          .get(service.address("/users/7"))
          .then()
          .statusCode(200)
          .body("name", equalTo("Ada"));
      given().get(service.address("/routing/explain?id=7")).then().body("strategy", equalTo(label));
    }
  }
}
