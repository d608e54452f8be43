package dev.userservice.embedded.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;

/** A file of settings, included by the {@code postgresql.conf} that initdb writes. */
public record ConfigurationFile(DataDirectory data) {

  private static final String NAME = "embedded.conf";

  /** Adds the include. Called once per data directory. */
  public void include() throws IOException {
    Files.writeString(
        data.path().resolve("postgresql.conf"),
        "\ninclude '" + NAME + "'\n",
        StandardOpenOption.APPEND);
  }

  public void write(Map<String, String> settings) throws IOException {
    StringBuilder lines = new StringBuilder();
    settings.forEach(
        (name, value) -> lines.append(name).append(" = ").append(quoted(value)).append('\n'));
    DurableFile.write(data.path().resolve(NAME), lines.toString());
  }

  private static String quoted(String value) {
    return "'" + value.replace("\\", "\\\\").replace("'", "''") + "'";
  }

  /** The settings of all servers. */
  public static Map<String, String> common() {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("listen_addresses", "127.0.0.1");
    settings.put("unix_socket_directories", "");
    settings.put("max_connections", "200");
    settings.put("shared_buffers", "64MB");
    settings.put("timezone", "UTC");
    settings.put("log_timezone", "UTC");
    putReplication(settings);
    putNetwork(settings);
    putLog(settings);
    return settings;
  }

  private static void putReplication(Map<String, String> settings) {
    settings.put("wal_level", "logical");
    settings.put("wal_compression", "on");
    settings.put("max_wal_senders", "40");
    settings.put("max_replication_slots", "40");
    settings.put("max_wal_size", "1GB");
    // A replica that follows a new primary may need WAL from before its slot was created there.
    settings.put("wal_keep_size", "128MB");
    settings.put("max_slot_wal_keep_size", "2GB");
    settings.put("hot_standby", "on");
    settings.put("hot_standby_feedback", "on");
    settings.put("synchronous_commit", "on");
  }

  private static void putNetwork(Map<String, String> settings) {
    settings.put("wal_receiver_status_interval", "1s");
    settings.put("wal_retrieve_retry_interval", "100ms");
    settings.put("wal_sender_timeout", "10s");
    settings.put("wal_receiver_timeout", "10s");
    settings.put("tcp_keepalives_idle", "10");
    settings.put("tcp_keepalives_interval", "5");
    settings.put("tcp_keepalives_count", "3");
  }

  // Statements and error details contain personal data.
  private static void putLog(Map<String, String> settings) {
    settings.put("log_min_error_statement", "panic");
    settings.put("log_error_verbosity", "terse");
    settings.put("log_checkpoints", "off");
  }
}
