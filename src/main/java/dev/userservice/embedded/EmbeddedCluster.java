package dev.userservice.embedded;

import dev.userservice.embedded.server.ClusterDirectory;
import dev.userservice.embedded.server.EmbeddedClusterException;
import dev.userservice.embedded.server.InParallel;
import dev.userservice.embedded.server.LeftoverProcesses;
import dev.userservice.embedded.server.Polling;
import dev.userservice.embedded.server.Ports;
import dev.userservice.embedded.server.PostgresServer;
import dev.userservice.embedded.server.Signal;
import dev.userservice.embedded.shard.ClusterContext;
import dev.userservice.embedded.shard.EmbeddedShard;
import dev.userservice.time.Ticker;
import dev.userservice.topology.Topology;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * A running cluster of PostgreSQL servers, supervised until it is closed. Thread-safe.
 *
 * <p>{@link #kill}, {@link #pause} and {@link #resume} cause faults, for tests.
 */
public final class EmbeddedCluster implements AutoCloseable {

  private static final Logger LOG = Logger.getLogger(EmbeddedCluster.class);

  private final ClusterContext context;
  private final Closeable lock;
  private final List<EmbeddedShard> shards;
  private boolean closed;

  private EmbeddedCluster(EmbeddedSettings settings, ClusterContext context, Closeable lock) {
    this.context = context;
    this.lock = lock;
    int each = settings.replicas() + 1;
    List<Integer> ports = Ports.choose(settings.basePort(), settings.shards() * each);
    shards =
        IntStream.range(0, settings.shards())
            .mapToObj(
                shard ->
                    EmbeddedShard.of(
                        shard, ports.subList(shard * each, (shard + 1) * each), context))
            .toList();
  }

  /**
   * Starts all servers, with the data of the last run if there are any, and returns when they
   * accept connections.
   *
   * @throws EmbeddedClusterException if the cluster cannot be started; no process is left running
   *     then
   */
  public static EmbeddedCluster start(EmbeddedSettings settings) {
    try {
      ClusterDirectory directory = ClusterDirectory.create(settings.directory());
      Closeable lock = directory.lock();
      EmbeddedCluster cluster = prepare(settings, directory, lock);
      cluster.bringUp();
      return cluster;
    } catch (IOException unusable) {
      throw EmbeddedClusterException.unusable(settings.directory(), unusable);
    } catch (UncheckedIOException unusable) {
      throw EmbeddedClusterException.unusable(settings.directory(), unusable.getCause());
    }
  }

  private static EmbeddedCluster prepare(
      EmbeddedSettings settings, ClusterDirectory directory, Closeable lock) throws IOException {
    try {
      ClusterContext context = new ClusterPreparation(settings, directory, Ticker.system()).run();
      return new EmbeddedCluster(settings, context, lock);
    } catch (IOException | RuntimeException failed) {
      lock.close();
      throw failed;
    }
  }

  // Ctrl-C during the start: no caller holds the cluster yet who could close it.
  private void bringUp() throws IOException {
    Thread hook = new Thread(this::close, "embedded-stop");
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      startServers();
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IOException | RuntimeException failed) {
      close();
      throw failed;
    }
  }

  /**
   * The endpoints of the servers, which do not change while the cluster runs, and the credentials.
   */
  public Topology topology() {
    return new Topology(
        shards.stream()
            .map(shard -> shard.servers().stream().map(PostgresServer::endpoint).toList())
            .toList(),
        context.credentials());
  }

  /** The present state of all servers, shard by shard. */
  public List<EmbeddedServer> servers() {
    return IntStream.range(0, shards.size()).boxed().flatMap(this::describe).toList();
  }

  /** Kills a server's postmaster, as {@code kill -9} does. */
  public void kill(EmbeddedServer server) {
    signal(server, found -> found.signal(Signal.KILL));
  }

  /** Pauses a server with all its processes, as a machine that hangs. */
  public void pause(EmbeddedServer server) {
    signal(server, found -> found.signalAll(Signal.STOP));
  }

  /** Continues a paused server. */
  public void resume(EmbeddedServer server) {
    signal(server, found -> found.signalAll(Signal.CONT));
  }

  /** Stops all servers, within two seconds if all respond. */
  @Override
  public void close() {
    context.polling().cancel();
    stop();
  }

  private void startServers() throws IOException {
    Ticker ticker = context.polling().ticker();
    long begin = ticker.nanos();
    context
        .directory()
        .writePassFile(
            all().stream().map(PostgresServer::endpoint).toList(), context.credentials());
    InParallel.forEach(all(), this::stopLeftovers);
    InParallel.forEach(shards, EmbeddedShard::start);
    new StartReport(context.directory()).ready(servers(), (ticker.nanos() - begin) / 1_000_000);
  }

  private void stopLeftovers(PostgresServer server) throws IOException {
    new LeftoverProcesses(context.polling()).stop(server.data());
    server.data().deleteRemains();
  }

  // A method of its own, so that a second close returns only when all servers are stopped.
  private synchronized void stop() {
    if (closed) {
      return;
    }
    closed = true;
    shards.forEach(EmbeddedShard::stopSupervision);
    try (lock) {
      new Shutdown(all(), new Polling(context.polling().ticker())).run();
      LOG.info("PostgreSQL is stopped");
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private List<PostgresServer> all() {
    return shards.stream().flatMap(shard -> shard.servers().stream()).toList();
  }

  private Stream<EmbeddedServer> describe(int number) {
    EmbeddedShard shard = shards.get(number);
    return shard.servers().stream()
        .map(
            server ->
                new EmbeddedServer(
                    number,
                    server.name(),
                    server.endpoint(),
                    server == shard.primary(),
                    server.pid(),
                    server.data().path()));
  }

  private void signal(EmbeddedServer server, InParallel.Action<PostgresServer> action) {
    PostgresServer found =
        all().stream()
            .filter(candidate -> candidate.name().equals(server.name()))
            .findFirst()
            .orElseThrow(() -> new NoSuchElementException(server.name()));
    InParallel.forEach(List.of(found), action);
  }
}
