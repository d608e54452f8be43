package dev.userservice.embedded;

import dev.userservice.embedded.server.ClusterDirectory;
import dev.userservice.embedded.server.DataDirectory;
import dev.userservice.embedded.server.EmbeddedClusterException;
import dev.userservice.embedded.server.Polling;
import dev.userservice.embedded.server.PostgresPrograms;
import dev.userservice.embedded.shard.ClusterContext;
import dev.userservice.embedded.shard.EmbeddedShard;
import dev.userservice.time.Ticker;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Brings a cluster's directory into a state in which its servers can be started. */
record ClusterPreparation(EmbeddedSettings settings, ClusterDirectory directory, Ticker ticker) {

  /**
   * Unpacks the programs and makes the password, unless an earlier run did.
   *
   * @throws EmbeddedClusterException if the directory has servers that these settings do not
   *     describe
   */
  ClusterContext run() throws IOException {
    PostgresPrograms programs = PostgresPrograms.unpackBelow(directory.path());
    checkContent(programs.majorVersion());
    return new ClusterContext(
        directory,
        programs,
        directory.credentials(),
        new Polling(ticker),
        settings.settings(),
        settings.startupTimeout());
  }

  private void checkContent(String version) throws IOException {
    List<String> wanted =
        IntStream.range(0, settings.shards()).boxed().flatMap(this::names).toList();
    for (String server : directory.knownServers()) {
      DataDirectory data = directory.data(server);
      if (!wanted.contains(server)) {
        throw refused(
            data,
            "is not among "
                + settings.shards()
                + " shards with "
                + settings.replicas()
                + " replicas each (users.embedded.shards, users.embedded.replicas)");
      }
      if (data.exists() && !data.majorVersion().equals(version)) {
        throw refused(data, "is of PostgreSQL " + data.majorVersion() + ", not " + version);
      }
    }
  }

  private Stream<String> names(int shard) {
    return IntStream.rangeClosed(0, settings.replicas())
        .mapToObj(index -> EmbeddedShard.serverName(shard, index));
  }

  private static EmbeddedClusterException refused(DataDirectory data, String reason) {
    return new EmbeddedClusterException(
        "the data directory "
            + data.path()
            + " "
            + reason
            + "; set users.embedded.directory to another one or remove it");
  }
}
