package dev.userservice.election.lease;

import static org.assertj.core.api.Assertions.assertThat;

import dev.userservice.election.ShopLease;
import dev.userservice.kubernetes.ApiServer;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The Event about a Lease as it is sent. */
final class LeaseEventsTest {

  private final ApiServer api = new ApiServer();
  private final LeaseEvents events =
      new LeaseEvents(api.client(), "shop", ShopLease.NAME, "pod-a", Duration.ofSeconds(5));

  @AfterEach
  void stop() {
    api.close();
  }

  @Test
  void eventNamesTheLeaseAndHasATimeOfSixDigits() {
    events.write("pod-a leads, epoch 1");
    JsonObject sent = new JsonObject(api.requests(ApiServer.CREATE).get(0).getUtf8Body());
    assertThat(sent.getString("eventTime"))
        .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{6}Z");
    assertThat(sent.getJsonObject("regarding").getString("name")).isEqualTo(ShopLease.NAME);
    assertThat(sent.getJsonObject("metadata").getString("generateName"))
        .isEqualTo(ShopLease.NAME + "-");
    assertThat(sent.getString("note")).isEqualTo("pod-a leads, epoch 1");
    assertThat(sent.getString("reportingInstance")).isEqualTo("pod-a");
  }

  @Test
  void refusedEventThrowsNothing() {
    api.failNext(1, ApiServer.CREATE, ApiServer.refusal(403, "Forbidden", "may not create"));
    events.write("pod-a leads, epoch 1");
    api.network().down();
    events.write("pod-a leads no longer, epoch 1");
    assertThat(api.faultsLeft()).isZero();
  }
}
