package dev.userservice.embedded;

import dev.userservice.embedded.server.EmbeddedClusterException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * The settings of an embedded cluster.
 *
 * @param shards replication groups, 1 to 64
 * @param replicas replicas per shard, 0 to 8
 * @param directory the directory of all files
 * @param basePort first of the consecutive ports, or 0 for any free ones
 * @param settings lines of {@code postgresql.conf}; they override our own
 * @param startupTimeout how long one server may take until it accepts connections
 */
public record EmbeddedSettings(
    int shards,
    int replicas,
    Path directory,
    int basePort,
    Map<String, String> settings,
    Duration startupTimeout) {

  /** Copies, and refuses values out of bounds, naming their property. */
  public EmbeddedSettings {
    within("shards", shards, 1, 64);
    within("replicas", replicas, 0, 8);
    within("base-port", basePort, 0, 65_536 - shards * (replicas + 1));
    if (startupTimeout.isNegative() || startupTimeout.isZero()) {
      throw new EmbeddedClusterException("users.embedded.startup-timeout must be positive");
    }
    directory = directory.toAbsolutePath().normalize();
    settings = Map.copyOf(settings);
  }

  /** Two shards of three servers on free ports. */
  public static EmbeddedSettings in(Path directory) {
    return new EmbeddedSettings(2, 2, directory, 0, Map.of(), Duration.ofSeconds(60));
  }

  static EmbeddedSettings of(EmbeddedConfig config) {
    return new EmbeddedSettings(
        config.shards(),
        config.replicas(),
        config.directory(),
        config.basePort(),
        config.settings(),
        config.startupTimeout());
  }

  /** The same settings with other numbers of shards and replicas. */
  public EmbeddedSettings sized(int newShards, int newReplicas) {
    return new EmbeddedSettings(
        newShards, newReplicas, directory, basePort, settings, startupTimeout);
  }

  private static void within(String property, int value, int least, int most) {
    if (value < least || value > most) {
      throw new EmbeddedClusterException(
          "users.embedded."
              + property
              + " is "
              + value
              + ", not between "
              + least
              + " and "
              + most);
    }
  }
}
