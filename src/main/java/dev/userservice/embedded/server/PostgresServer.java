package dev.userservice.embedded.server;

import dev.userservice.datasource.Endpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One PostgreSQL server: a data directory and a port, which do not change, and a process, which may
 * be started and end several times. Only the thread of its shard starts and stops it; any thread
 * may send signals and read its state.
 */
public final class PostgresServer {

  private static final long GRACE_NANOS = Duration.ofSeconds(2).toNanos();

  private final String name;
  private final Endpoint endpoint;
  private final DataDirectory data;
  private final Path log;
  private final PostgresPrograms programs;
  private final Polling polling;
  private volatile @Nullable Process process;
  private volatile Set<ProcessHandle> children = Set.of();
  private volatile long logOffset;
  private volatile long exitedAt;

  public PostgresServer(
      String name,
      Endpoint endpoint,
      ClusterDirectory directory,
      PostgresPrograms programs,
      Polling polling) {
    this.name = name;
    this.endpoint = endpoint;
    this.data = directory.data(name);
    this.log = directory.log(name);
    this.programs = programs;
    this.polling = polling;
  }

  public String name() {
    return name;
  }

  /** The name of the replication slot that keeps WAL for this server on a primary. */
  public String slot() {
    return name.replace('-', '_');
  }

  public Endpoint endpoint() {
    return endpoint;
  }

  public DataDirectory data() {
    return data;
  }

  /**
   * Starts the process and does not wait until it is ready.
   *
   * @param onExit called when the process ends
   */
  public synchronized void start(Runnable onExit) throws IOException {
    // Under the lock, so that whoever cancels the waits sees every process that was started before.
    polling.checkNotCancelled();
    logOffset = Files.exists(log) ? Files.size(log) : 0;
    Process started =
        programs
            .server("-D", data.path().toString())
            .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
    process = started;
    var unused =
        started
            .onExit()
            .thenRun(
                () -> {
                  exitedAt = polling.ticker().nanos();
                  onExit.run();
                });
  }

  /**
   * Waits until connections are accepted.
   *
   * @throws EmbeddedClusterException with the reason from the log, if they are not
   */
  public void awaitReady(Duration bound) throws IOException {
    boolean decided = polling.await(bound, () -> isReady() || !isAlive());
    if (!decided || !isReady()) {
      String reason = decided ? LogExcerpt.reason(log, logOffset) : "not ready in " + bound;
      throw new EmbeddedClusterException(
          "PostgreSQL server " + name + " did not start: " + reason + " (log: " + log + ")");
    }
  }

  public boolean isAlive() {
    Process current = process;
    return current != null && current.isAlive();
  }

  /**
   * Whether the server may have got the Ctrl-C that is about to end this process too, where servers
   * cannot be detached from the terminal. A server that crashes does not exit with 0.
   */
  public boolean mayBeStopping() {
    Process current = process;
    return !programs.detachesServers()
        && current != null
        && !current.isAlive()
        && current.exitValue() == 0
        && polling.ticker().nanos() - exitedAt < GRACE_NANOS;
  }

  public boolean isReady() {
    Process current = process;
    return current != null && current.isAlive() && data.isReady(current.pid());
  }

  public synchronized OptionalLong pid() {
    Process current = process;
    return current != null && current.isAlive()
        ? OptionalLong.of(current.pid())
        : OptionalLong.empty();
  }

  /** Sends a signal to the postmaster, if it runs. */
  public void signal(Signal signal) throws IOException {
    signal.send(pid().stream().boxed().toList());
  }

  /** Sends a signal to the postmaster and all its children. */
  public void signalAll(Signal signal) throws IOException {
    Process current = process;
    if (current != null && current.isAlive()) {
      signal.send(pids(Stream.concat(Stream.of(current.toHandle()), current.descendants())));
    }
  }

  /**
   * Records the children of the postmaster on systems where they cannot be found after its death.
   */
  public void recordChildren() {
    Process current = process;
    if (!DataDirectoryProcesses.orphansCanBeFound() && current != null && current.isAlive()) {
      children = current.descendants().collect(Collectors.toUnmodifiableSet());
    }
  }

  /** Kills all processes of this server; none is left when this returns. */
  public void end() throws IOException {
    signal(Signal.KILL);
    polling.await(Duration.ofSeconds(10), () -> !isAlive());
    Signal.KILL.send(pids(children.stream().filter(ProcessHandle::isAlive)));
    new LeftoverProcesses(polling).endAll(data);
  }

  private static Collection<Long> pids(Stream<ProcessHandle> handles) {
    return handles.map(ProcessHandle::pid).toList();
  }
}
