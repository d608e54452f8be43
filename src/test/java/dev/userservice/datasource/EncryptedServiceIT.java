package dev.userservice.datasource;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.userservice.ServiceProcess;
import dev.userservice.datasource.Authority.Issued;
import dev.userservice.datasource.Authority.KeyFormat;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The packaged service on a server that takes its two roles by certificate only. */
final class EncryptedServiceIT {

  @Test
  void serviceElectsMigratesAndServesWithoutPasswords() throws Exception {
    try (EncryptedCluster cluster = EncryptedCluster.start()) {
      Issued runtime = cluster.clients().client(EncryptedCluster.RUNTIME, KeyFormat.EC);
      Issued migrator = cluster.clients().client(EncryptedCluster.MIGRATOR, KeyFormat.RSA);
      try (ServiceProcess service =
          ServiceProcess.startOn(
              cluster.topology(),
              Path.of("encrypted-service"),
              "-Dusers.datasource.tls.mode=verify-full",
              "-Dusers.datasource.tls.authority=" + cluster.servers().certificate(),
              "-Dusers.datasource.tls.certificate=" + runtime.certificate(),
              "-Dusers.datasource.tls.key=" + runtime.key(),
              "-Dusers.datasource.migrator-username=" + EncryptedCluster.MIGRATOR,
              "-Dusers.datasource.migrator-tls.certificate=" + migrator.certificate(),
              "-Dusers.datasource.migrator-tls.key=" + migrator.key())) {
        given()
            .contentType("application/json")
            .body("{\"name\":\"Ada\"}")
            .post(service.address("/user/7"))
            .then()
            .statusCode(200);
        given().get(service.address("/user/7")).then().statusCode(200);
        assertThat(service.leads()).isTrue();
        assertThat(cluster.sessions("ssl")).isPositive();
        assertThat(cluster.sessions("NOT ssl")).isZero();
      }
    }
  }
}
