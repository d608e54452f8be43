package dev.userservice.topology.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.userservice.datasource.Endpoint;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointBuilder;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.vertx.core.json.JsonObject;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ServiceEndpointsTest {

  private final ServiceEndpoints endpoints = new ServiceEndpoints("5432");

  @Test
  void serversOfSeveralSlicesAreListedOnce() {
    EndpointSlice one =
        Slices.of("a", "users", Slices.ready("u-2", "10.0.0.2"), Slices.ready("u-1", "10.0.0.1"));
    EndpointSlice two =
        Slices.of("b", "users", Slices.ready("u-3", "10.0.0.3"), Slices.ready("u-1", "10.0.0.1"));
    assertThat(endpoints.of(json(one, two)))
        .containsExactly(server("u-1", 1), server("u-2", 2), server("u-3", 3));
    assertThat(endpoints.of(List.of())).isEmpty();
  }

  @Test
  void serverIsKeptUnlessItTerminatesAndDoesNotServe() {
    EndpointSlice slice =
        Slices.of(
            "a",
            "users",
            Slices.endpoint("ready", "10.0.0.1", true, false),
            Slices.endpoint("not-ready", "10.0.0.2", false, false),
            Slices.endpoint("draining", "10.0.0.3", true, true),
            Slices.endpoint("gone", "10.0.0.4", false, true),
            new EndpointBuilder().withAddresses("10.0.0.5").build());
    assertThat(endpoints.of(json(slice)))
        .extracting(Endpoint::name)
        .containsExactly("10.0.0.5:5432", "draining", "not-ready", "ready");
  }

  @Test
  void serverOfBothAddressFamiliesIsTakenByItsIpv4Address() {
    EndpointSlice six = Slices.of("a", "users", "IPv6", 5432, Slices.ready("u-1", "fd00::1"));
    EndpointSlice four = Slices.of("b", "users", Slices.ready("u-1", "10.0.0.1"));
    assertThat(endpoints.of(json(six, four))).containsExactly(server("u-1", 1));
    assertThat(endpoints.of(json(six)))
        .containsExactly(new Endpoint("[fd00::1]", 5432, "u-1"))
        .first()
        .hasToString("u-1 ([fd00::1]:5432)");
  }

  /** As the API server writes it: null, where the client's own slices have an empty list. */
  @Test
  void serviceWithoutPodsHasNoServers() {
    EndpointSlice slice = Slices.of("a", "users");
    slice.setEndpoints(null);
    slice.setPorts(null);
    assertThat(endpoints.of(json(slice))).isEmpty();
    assertThat(new ServiceEndpoints("postgres").of(json(slice))).isEmpty();
  }

  @Test
  void portMayBeAName() {
    EndpointSlice slice = Slices.of("a", "users", "IPv4", 6432, Slices.ready("u-1", "10.0.0.1"));
    assertThat(new ServiceEndpoints("postgres").of(json(slice)))
        .containsExactly(new Endpoint("10.0.0.1", 6432, "u-1"));
    assertThat(new ServiceEndpoints("metrics").of(json(slice))).isEmpty();
  }

  @Test
  void portOutOfRangeIsRefused() {
    for (String port : List.of("0", "65536", "99999999999", "", "Postgres!")) {
      assertThatThrownBy(() -> new ServiceEndpoints(port))
          .as(port)
          .hasMessageContaining("users.topology.kubernetes.port is '" + port + "'");
    }
  }

  private static List<JsonObject> json(EndpointSlice... slices) {
    return Arrays.stream(slices).map(Serialization::asJson).map(JsonObject::new).toList();
  }

  private static Endpoint server(String name, int last) {
    return new Endpoint("10.0.0." + last, 5432, name);
  }
}
