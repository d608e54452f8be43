package dev.userservice.embedded.shard;

import dev.userservice.embedded.server.DataDirectory;
import dev.userservice.embedded.server.DiskSync;
import dev.userservice.embedded.server.FileTree;
import dev.userservice.embedded.server.PostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Set;

/**
 * Copies a running primary into the partial directory of a replica, by the low-level backup API
 * (PostgreSQL manual, 25.3.4). The replica's slot is created first and keeps the WAL that makes the
 * copy consistent; the replica streams that WAL when it starts.
 */
record BaseBackup(ShardServers servers, PostgresServer primary, PostgresServer replica) {

  /** The longest time between two answers, which includes a checkpoint and the copy of all data. */
  private static final int SECONDS = 600;

  private static final Path CONTROL_FILE = Path.of("global", "pg_control");

  /** Directories of which only the running server uses the content. */
  private static final Set<String> EMPTY =
      Set.of(
          "pg_wal",
          "pg_replslot",
          "pg_dynshmem",
          "pg_notify",
          "pg_serial",
          "pg_snapshots",
          "pg_stat_tmp",
          "pg_subtrans");

  private static final Set<String> LEFT_OUT =
      Set.of(
          DataDirectory.POSTMASTER,
          DataDirectory.STANDBY,
          DataDirectory.FENCED,
          "postmaster.opts",
          "recovery.signal",
          "promote",
          "backup_label",
          "tablespace_map",
          "pg_internal.init");

  /** Copies. Afterwards the copy is complete and on disk, but neither configured nor installed. */
  void run() throws IOException, SQLException {
    DataDirectory partial = replica.data().partial();
    FileTree.delete(partial.path());
    try (Statements statements =
        Statements.open(primary.endpoint(), servers.cluster().credentials(), SECONDS)) {
      reserveWal(statements);
      statements.query("SELECT pg_backup_start(?, fast => true)::text", row -> "", replica.name());
      copy(primary.data().path(), partial.path());
      stop(statements, partial);
    }
    Files.createFile(partial.path().resolve(DataDirectory.STANDBY));
    new DiskSync(servers.cluster().programs()).sync(partial);
  }

  private void reserveWal(Statements statements) throws SQLException {
    statements.query(
        "SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots"
            + " WHERE slot_name = ? AND NOT active",
        row -> "",
        replica.slot());
    statements.query(
        "SELECT pg_create_physical_replication_slot(?, immediately_reserve => true)",
        row -> "",
        replica.slot());
  }

  private void copy(Path source, Path target) throws IOException {
    FileTree.copy(source, target, this::isWanted);
    // Copied last, as pg_basebackup does, so that it covers all other files.
    Files.copy(source.resolve(CONTROL_FILE), target.resolve(CONTROL_FILE));
  }

  private boolean isWanted(Path file) {
    servers.cluster().polling().checkNotCancelled();
    String name = file.getFileName().toString();
    return (file.getNameCount() == 1 || !EMPTY.contains(file.getName(0).toString()))
        && !LEFT_OUT.contains(name)
        && !file.toString().contains("pgsql_tmp")
        && !file.equals(CONTROL_FILE);
  }

  private static void stop(Statements statements, DataDirectory partial)
      throws SQLException, IOException {
    Label label =
        statements
            .query(
                "SELECT labelfile, spcmapfile FROM pg_backup_stop(wait_for_archive => false)",
                row -> new Label(row.getString(1), row.getString(2)))
            .get(0);
    Files.writeString(partial.path().resolve("backup_label"), label.label());
    if (!label.tablespaces().isBlank()) {
      Files.writeString(partial.path().resolve("tablespace_map"), label.tablespaces());
    }
  }

  private record Label(String label, String tablespaces) {}
}
