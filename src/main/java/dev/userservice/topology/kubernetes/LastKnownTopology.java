package dev.userservice.topology.kubernetes;

import dev.userservice.background.FailureLog;
import dev.userservice.datasource.Credentials;
import dev.userservice.datasource.Endpoint;
import dev.userservice.topology.Topology;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The servers of each Service as last seen. A Service without servers keeps those that it had: that
 * is far more often a transient state or a mistake than the end of all servers, and servers that do
 * not exist any more only cost probes. Thread-safe.
 */
final class LastKnownTopology {

  private static final Logger LOG = Logger.getLogger(LastKnownTopology.class);

  private final List<String> services;
  private final Credentials credentials;
  private final List<List<Endpoint>> known;
  private final List<FailureLog> empty;
  private final FailureLog contradictory = new FailureLog();
  private final CompletableFuture<Topology> first = new CompletableFuture<>();
  private @Nullable Topology announced;
  private Consumer<Topology> listener = topology -> {};

  LastKnownTopology(List<String> services, Credentials credentials) {
    this.services = List.copyOf(services);
    this.credentials = credentials;
    this.known = new ArrayList<>(Collections.nCopies(services.size(), List.of()));
    this.empty = services.stream().map(service -> new FailureLog()).toList();
  }

  /** Records the present servers, one list per Service, and reports them if they have changed. */
  synchronized void seen(List<List<Endpoint>> servers) {
    for (int shard = 0; shard < services.size(); shard++) {
      if (!servers.get(shard).isEmpty()) {
        known.set(shard, List.copyOf(servers.get(shard)));
        empty.get(shard).succeeded();
      } else if (!known.get(shard).isEmpty() && empty.get(shard).failed("empty")) {
        LOG.warnf("Service %s has no endpoints; its last endpoints are kept", services.get(shard));
      }
    }
    if (missing().isEmpty()) {
      topology().ifPresent(this::announce);
    }
  }

  /** Reports every topology from now on, beginning with the present one. */
  synchronized void listen(Consumer<Topology> changes) {
    listener = changes;
    if (announced != null) {
      changes.accept(announced);
    }
  }

  /** The Services of which no server was ever seen. */
  synchronized List<String> missing() {
    return IntStream.range(0, services.size())
        .filter(shard -> known.get(shard).isEmpty())
        .mapToObj(services::get)
        .toList();
  }

  /** The first complete topology, if there is one within the given time. */
  Optional<Topology> await(Duration patience) {
    try {
      return Optional.of(first.get(patience.toMillis(), TimeUnit.MILLISECONDS));
    } catch (TimeoutException | ExecutionException none) {
      return Optional.empty();
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  // Services are updated one by one: for a moment, one may still have an address that a server of
  // another one has now.
  private Optional<Topology> topology() {
    try {
      Topology consistent = new Topology(known, credentials);
      contradictory.succeeded();
      return Optional.of(consistent);
    } catch (IllegalArgumentException contradiction) {
      String reason = String.valueOf(contradiction.getMessage());
      if (contradictory.failed(reason)) {
        LOG.warnf("The Services contradict each other: %s", reason);
      }
      return Optional.empty();
    }
  }

  private void announce(Topology topology) {
    if (topology.equals(announced)) {
      return;
    }
    announced = topology;
    first.complete(topology);
    listener.accept(topology);
  }
}
