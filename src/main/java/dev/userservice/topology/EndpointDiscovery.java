package dev.userservice.topology;

import java.time.Duration;
import java.util.function.Consumer;

/**
 * Finds the servers. Exactly one discovery is active in a process: the configured list, the
 * Services of a Kubernetes cluster, or the cluster that the process itself starts.
 */
public interface EndpointDiscovery {

  /** Whether the configuration selects this discovery. */
  boolean active();

  /**
   * Finds the servers, or starts them if they belong to this process. Called once, while the
   * service starts; blocks until that is done.
   *
   * @param wait how long to wait for servers that somebody else starts
   * @throws RuntimeException if no servers were found, with a message for the operator
   */
  Topology discover(Duration wait);

  /**
   * Reports every later topology as a whole, in order and one at a time, from any thread. The first
   * report may repeat what {@link #discover} has returned. Called once, after it. The number of
   * shards never changes. By default nothing is reported.
   */
  default void watch(Consumer<Topology> changes) {}
}
