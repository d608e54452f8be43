package dev.userservice.embedded.shard;

import dev.userservice.datasource.Credentials;
import dev.userservice.embedded.server.ClusterDirectory;
import dev.userservice.embedded.server.Polling;
import dev.userservice.embedded.server.PostgresPrograms;
import java.time.Duration;
import java.util.Map;

/**
 * What all shards of a cluster share.
 *
 * @param settings lines of {@code postgresql.conf}; they override our own
 * @param startupTimeout how long one server may take to accept connections
 */
public record ClusterContext(
    ClusterDirectory directory,
    PostgresPrograms programs,
    Credentials credentials,
    Polling polling,
    Map<String, String> settings,
    Duration startupTimeout) {

  public ClusterContext {
    settings = Map.copyOf(settings);
  }
}
