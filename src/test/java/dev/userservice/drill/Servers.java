package dev.userservice.drill;

import dev.userservice.ServiceProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** The PostgreSQL servers of a running service, seen from outside: directories, PIDs and SQL. */
final class Servers {

  private final ServiceProcess service;

  Servers(ServiceProcess service) {
    this.service = service;
  }

  /** Kills the postmaster of one of the shard's servers with the given role, with SIGKILL. */
  void kill(int shard, String role) throws IOException, InterruptedException {
    postmaster(ports(shard, role).get(0)).destroyForcibly();
  }

  /** Sends a signal to all processes of a shard's replicas. */
  void signalReplicas(int shard, String signal) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("kill", "-" + signal));
    for (int port : replicaPorts(shard)) {
      ProcessHandle postmaster = postmaster(port);
      Stream.concat(Stream.of(postmaster), postmaster.descendants())
          .forEach(process -> command.add(Long.toString(process.pid())));
    }
    new ProcessBuilder(command).start().waitFor();
  }

  /** The replicas, found by their files, since a stopped server does not answer. */
  private List<Integer> replicaPorts(int shard) throws IOException {
    List<Integer> ports = new ArrayList<>();
    try (Stream<Path> directories = Files.list(service.directory())) {
      for (Path directory : directories.toList()) {
        if (directory.getFileName().toString().startsWith("shard-" + shard + "-")
            && Files.exists(directory.resolve("standby.signal"))) {
          List<String> lines = Files.readAllLines(directory.resolve("postmaster.pid"));
          ports.add(Integer.parseInt(lines.get(3).strip()));
        }
      }
    }
    return ports;
  }

  private ProcessHandle postmaster(int port) throws IOException {
    try (Stream<Path> directories = Files.list(service.directory())) {
      for (Path pidFile :
          directories.map(each -> each.resolve("postmaster.pid")).filter(Files::exists).toList()) {
        List<String> lines = Files.readAllLines(pidFile);
        if (lines.get(3).strip().equals(Integer.toString(port))) {
          return ProcessHandle.of(Long.parseLong(lines.get(0).strip())).orElseThrow();
        }
      }
    }
    throw new IllegalStateException("no server listens on " + port);
  }

  /** Waits until a shard has one primary and two replicas that stream from it. */
  void awaitHealthy(int shard) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .ignoreExceptions()
        .until(
            () ->
                ports(shard, "PRIMARY").size() == 1
                    && query(
                                ports(shard, "PRIMARY").get(0),
                                "SELECT pid FROM pg_stat_replication WHERE state = 'streaming'")
                            .size()
                        == 2);
  }

  /** The IDs of all users on a shard, read from its present primary. */
  Set<Long> usersOnPrimary(int shard) throws IOException, InterruptedException, SQLException {
    return query(ports(shard, "PRIMARY").get(0), "SELECT id FROM users");
  }

  private List<Integer> ports(int shard, String role) throws IOException, InterruptedException {
    Matcher matcher =
        Pattern.compile("\"shard-" + shard + "/127\\.0\\.0\\.1:(\\d+)\": \"" + role + "\"")
            .matcher(service.health());
    return matcher.results().map(found -> Integer.parseInt(found.group(1))).toList();
  }

  private Set<Long> query(int port, String sql) throws IOException, SQLException {
    String password = Files.readString(service.directory().resolve("password")).strip();
    Set<Long> ids = new HashSet<>();
    try (Connection connection =
            DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + port + "/users", "users", password);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      while (row.next()) {
        ids.add(row.getLong(1));
      }
    }
    return ids;
  }
}
