package dev.userservice.embedded;

import dev.userservice.embedded.server.ClusterDirectory;
import dev.userservice.embedded.server.DataDirectory;
import dev.userservice.embedded.server.DirectoryLock;
import dev.userservice.embedded.server.EmbeddedClusterException;
import dev.userservice.embedded.server.Launcher;
import dev.userservice.embedded.server.Patience;
import dev.userservice.embedded.server.Platform;
import dev.userservice.embedded.server.PostgresArchive;
import dev.userservice.embedded.server.PostgresPrograms;
import dev.userservice.embedded.shard.ClusterContext;
import dev.userservice.embedded.shard.ShardServers;
import dev.userservice.time.Ticker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The way from settings to a running cluster, or to one clear sentence and nothing running. */
record ClusterStart(EmbeddedSettings settings, Ticker ticker) {

  EmbeddedCluster run() {
    try {
      ClusterDirectory directory = ClusterDirectory.create(settings.directory());
      DirectoryLock lock = DirectoryLock.acquire(directory.path());
      return bringUp(prepared(directory, lock));
    } catch (IOException unusable) {
      throw EmbeddedClusterException.unusable(settings.directory(), unusable);
    } catch (UncheckedIOException unusable) {
      throw EmbeddedClusterException.unusable(settings.directory(), unusable.getCause());
    }
  }

  private EmbeddedCluster prepared(ClusterDirectory directory, DirectoryLock lock)
      throws IOException {
    try {
      Platform platform = Platform.current();
      PostgresPrograms programs =
          new PostgresPrograms(
              PostgresArchive.of(platform).unpackBelow(directory.path()), Launcher.of(platform));
      checkContent(directory, programs.majorVersion());
      Patience patience = new Patience(ticker);
      return new EmbeddedCluster(
          new ClusterContext(
              settings, directory, programs, directory.credentials(), patience, ticker),
          lock);
    } catch (IOException | RuntimeException failed) {
      lock.close();
      throw failed;
    }
  }

  private void checkContent(ClusterDirectory directory, String version) throws IOException {
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
        .mapToObj(index -> ShardServers.name(shard, index));
  }

  private static EmbeddedClusterException refused(DataDirectory data, String reason) {
    return new EmbeddedClusterException(
        "the data directory "
            + data.path()
            + " "
            + reason
            + "; set users.embedded.directory to another one or remove it");
  }

  // Ctrl-C while starting: nobody else holds the cluster yet who could close it.
  private EmbeddedCluster bringUp(EmbeddedCluster cluster) throws IOException {
    Thread hook = new Thread(cluster::close, "embedded-stop");
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      cluster.startServers();
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IOException | RuntimeException failed) {
      cluster.close();
      throw failed;
    }
    return cluster;
  }
}
