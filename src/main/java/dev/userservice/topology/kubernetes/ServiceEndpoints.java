package dev.userservice.topology.kubernetes;

import dev.userservice.datasource.Endpoint;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * Reads a Service's servers from its EndpointSlices.
 *
 * <p>Kubernetes says which servers exist; our own probes find out which of them can be used. When a
 * node loses the control plane, all its pods are marked as not ready although they still serve, and
 * a server that does not answer costs one probe at a time and gets no reads. So a server that is
 * not ready is kept. It is left out when it is being deleted and does not serve any more: it will
 * not return, its address may soon be that of another pod, and our connections would delay its
 * shutdown.
 *
 * <p>A server may be in several slices, for a moment (they are updated one by one) or always (one
 * slice per address family). It is taken once, by its IPv4 address if it has one.
 *
 * @param port a number, or the name of a port in the slices
 */
record ServiceEndpoints(String port) {

  /** Checks that the port is a number in range or a valid name. */
  ServiceEndpoints {
    boolean valid =
        isNumber(port)
            ? port.length() <= 5 && Integer.parseInt(port) >= 1 && Integer.parseInt(port) <= 65_535
            : port.matches("[a-z0-9-]{1,63}");
    if (!valid) {
      throw new IllegalArgumentException(
          "users.topology.kubernetes.port is '%s'; it must be a number from 1 to 65535 or a name"
              .formatted(port));
    }
  }

  private static final Comparator<AddressedEndpoint> IPV4_FIRST =
      Comparator.comparing((AddressedEndpoint server) -> server.family().equals("IPv6"));

  /** The servers, ordered by name, each once. */
  List<Endpoint> of(Collection<JsonObject> slices) {
    List<AddressedEndpoint> found = new ArrayList<>();
    slices.forEach(slice -> found.addAll(serversOf(slice)));
    Map<String, Endpoint> byName = new LinkedHashMap<>();
    found.stream()
        .sorted(IPV4_FIRST)
        .forEach(server -> byName.putIfAbsent(server.endpoint().name(), server.endpoint()));
    Map<String, Endpoint> byAddress = new LinkedHashMap<>();
    byName.values().stream()
        .sorted(Comparator.comparing(Endpoint::name))
        .forEach(endpoint -> byAddress.putIfAbsent(endpoint.address(), endpoint));
    return List.copyOf(byAddress.values());
  }

  private List<AddressedEndpoint> serversOf(JsonObject slice) {
    OptionalInt number = portOf(slice);
    if (number.isEmpty()) {
      return List.of();
    }
    return listed(slice, "endpoints")
        .filter(endpoint -> !endpoint.getJsonArray("addresses").isEmpty())
        .filter(ServiceEndpoints::stays)
        .map(endpoint -> server(slice.getString("addressType"), endpoint, number.getAsInt()))
        .toList();
  }

  private OptionalInt portOf(JsonObject slice) {
    if (isNumber(port)) {
      return OptionalInt.of(Integer.parseInt(port));
    }
    return listed(slice, "ports")
        .filter(each -> port.equals(each.getString("name")) && each.getInteger("port") != null)
        .mapToInt(each -> each.getInteger("port"))
        .findFirst();
  }

  /** Reads a list that is null in the slice of a Service without pods. */
  private static Stream<JsonObject> listed(JsonObject slice, String name) {
    JsonArray list = slice.getJsonArray(name);
    return list == null ? Stream.empty() : list.stream().map(JsonObject.class::cast);
  }

  private static boolean isNumber(String port) {
    return !port.isEmpty() && port.chars().allMatch(digit -> digit >= '0' && digit <= '9');
  }

  private static boolean stays(JsonObject endpoint) {
    JsonObject conditions = endpoint.getJsonObject("conditions");
    if (conditions == null || !Boolean.TRUE.equals(conditions.getBoolean("terminating"))) {
      return true;
    }
    // By the API, an absent condition counts as true.
    return !Boolean.FALSE.equals(conditions.getBoolean("serving"));
  }

  private static AddressedEndpoint server(String family, JsonObject endpoint, int port) {
    // All addresses are the same server's; the first is to be used.
    String address = endpoint.getJsonArray("addresses").getString(0);
    String host = family.equals("IPv6") ? "[" + address + "]" : address;
    JsonObject pod = endpoint.getJsonObject("targetRef");
    String name = pod == null ? null : pod.getString("name");
    return new AddressedEndpoint(
        family, new Endpoint(host, port, name == null ? host + ":" + port : name));
  }

  private record AddressedEndpoint(String family, Endpoint endpoint) {}
}
