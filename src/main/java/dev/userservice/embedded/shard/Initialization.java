package dev.userservice.embedded.shard;

import dev.userservice.embedded.server.ConfigurationFile;
import dev.userservice.embedded.server.DataDirectory;
import dev.userservice.embedded.server.DiskSync;
import dev.userservice.embedded.server.FileTree;
import dev.userservice.embedded.server.PostgresPrograms;
import dev.userservice.embedded.server.PostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * Creates the data directories of a new shard. The first is made by initdb; the others are copies
 * of it, which are valid replicas as long as the first was never started. A directory gets its
 * final name when it is complete and on disk, the primary's first: a missing replica can be built
 * from it.
 */
record Initialization(ShardServers servers) {

  private static final Logger LOG = Logger.getLogger(Initialization.class);

  void run() throws IOException {
    LOG.infof("Initialising shard %d", servers.shard());
    PostgresServer first = servers.all().get(0);
    DataDirectory made = first.data().partial();
    initialize(made);
    createDatabase(made);
    for (PostgresServer replica : servers.except(first)) {
      FileTree.copy(made.path(), replica.data().partial().path(), file -> true);
      Files.createFile(replica.data().partial().path().resolve(DataDirectory.STANDBY));
    }
    for (PostgresServer server : servers.all()) {
      new DiskSync(programs()).sync(server.data().partial());
    }
    for (PostgresServer server : servers.all()) {
      server.data().install();
    }
  }

  private void initialize(DataDirectory made) throws IOException {
    List<String> arguments =
        List.of(
            "--pgdata=" + made.path(),
            "--username=" + servers.cluster().credentials().username(),
            "--pwfile=" + servers.cluster().directory().passwordFile(),
            "--auth=scram-sha-256",
            "--encoding=UTF8",
            "--locale=C",
            "--locale-provider=builtin",
            "--builtin-locale=C.UTF-8",
            "--no-sync",
            "--no-instructions");
    programs().run("initdb", arguments.toArray(String[]::new));
    new ConfigurationFile(made).include();
    new ConfigurationFile(made).write(ConfigurationFile.common());
  }

  // In single-user mode, since a running primary would wait for the confirmation of its replicas.
  private void createDatabase(DataDirectory made) throws IOException {
    String database = servers.cluster().credentials().database();
    programs()
        .feed(
            "CREATE DATABASE " + database + "\n",
            "postgres",
            "--single",
            "-D",
            made.path().toString(),
            "postgres");
  }

  private PostgresPrograms programs() {
    return servers.cluster().programs();
  }
}
