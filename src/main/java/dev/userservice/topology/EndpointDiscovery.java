package dev.userservice.topology;

import java.util.function.Consumer;

/**
 * Finds the servers. Exactly one discovery is active in a process: the configured list, the
 * Services of a Kubernetes cluster, or the cluster that the process itself starts.
 */
public interface EndpointDiscovery {

  /** Whether the configuration selects this discovery. */
  boolean active();

  /**
   * Finds the servers, starting them if they are this process's own. Called once, while the service
   * starts; may block for as long as that takes.
   */
  Topology discover();

  /**
   * Announces every later topology, whole, in order and one at a time, from any thread; the first
   * one may repeat what {@link #discover} found. Called once, after it. The number of shards never
   * changes. By default nothing ever does.
   */
  default void watch(Consumer<Topology> changes) {}
}
