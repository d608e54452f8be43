package dev.userservice.replication;

/**
 * Finds the servers. Exactly one discovery is active in a process: the configured list, or the
 * cluster that the process itself starts.
 */
public interface EndpointDiscovery {

  /** Whether the configuration selects this discovery. */
  boolean active();

  /**
   * Finds the servers, starting them if they are this process's own. Called once, while the service
   * starts; may block for as long as that takes.
   */
  Topology discover();
}
