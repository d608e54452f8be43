package dev.userservice.topology.kubernetes;

import dev.userservice.datasource.Endpoint;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointConditions;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointPort;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads a Service's servers out of its EndpointSlices.
 *
 * <p>That a server is there is Kubernetes's word; whether it can be used is for our own probes to
 * find out. A node that loses its control plane has all its pods marked as not ready while they
 * serve on, and a server that does not answer costs one probe at a time and gets no reads. So a
 * server that is not ready is kept. It is left out when it both is being deleted and serves no
 * more: it will not come back, its address may soon be another's, and our connections would hold up
 * a shutdown that waits for them.
 *
 * <p>A server may be in several slices, for a moment (they are rewritten one by one) or for good
 * (one slice per address family): it is taken once, by its IPv4 address if it has one.
 *
 * @param port a number, or a name among the slices' ports
 */
record ServiceEndpoints(String port) {

  /** Refuses a number out of range and what cannot be a port's name. */
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

  private static final Comparator<Server> IPV4_FIRST =
      Comparator.comparing((Server server) -> server.family().equals("IPv6"));

  /** The servers in the order of their names, each once. */
  List<Endpoint> of(Collection<EndpointSlice> slices) {
    List<Server> found = new ArrayList<>();
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

  private List<Server> serversOf(EndpointSlice slice) {
    OptionalInt number = portOf(slice);
    if (number.isEmpty()) {
      return List.of();
    }
    return told(slice.getEndpoints())
        .filter(endpoint -> !endpoint.getAddresses().isEmpty())
        .filter(endpoint -> stays(endpoint.getConditions()))
        .map(endpoint -> server(slice.getAddressType(), endpoint, number.getAsInt()))
        .toList();
  }

  private OptionalInt portOf(EndpointSlice slice) {
    if (isNumber(port)) {
      return OptionalInt.of(Integer.parseInt(port));
    }
    return told(slice.getPorts())
        .filter(each -> port.equals(each.getName()) && each.getPort() != null)
        .mapToInt(EndpointPort::getPort)
        .findFirst();
  }

  /** A Service whose pods are not there yet has a slice with {@code null} in place of its lists. */
  private static <T> Stream<T> told(@Nullable List<T> list) {
    return list == null ? Stream.empty() : list.stream();
  }

  private static boolean isNumber(String port) {
    return !port.isEmpty() && port.chars().allMatch(digit -> digit >= '0' && digit <= '9');
  }

  private static boolean stays(EndpointConditions conditions) {
    if (conditions == null || !Boolean.TRUE.equals(conditions.getTerminating())) {
      return true;
    }
    // What is not told counts as true, says the API.
    return !Boolean.FALSE.equals(conditions.getServing());
  }

  private static Server server(
      String family, io.fabric8.kubernetes.api.model.discovery.v1.Endpoint endpoint, int port) {
    // Of several addresses, which would all be the same server's, the first is to be used.
    String address = endpoint.getAddresses().get(0);
    String host = family.equals("IPv6") ? "[" + address + "]" : address;
    String name =
        Optional.ofNullable(endpoint.getTargetRef())
            .map(target -> target.getName())
            .orElse(host + ":" + port);
    return new Server(family, new Endpoint(host, port, name));
  }

  private record Server(String family, Endpoint endpoint) {}
}
