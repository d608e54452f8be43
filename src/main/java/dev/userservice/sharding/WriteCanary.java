package dev.userservice.sharding;

import dev.userservice.background.DaemonThreads;
import dev.userservice.background.FailureLog;
import dev.userservice.datasource.ConfirmedTransactions;
import dev.userservice.replication.MonitoredEndpoint;
import dev.userservice.replication.ReplicationGroup;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Writes a record of the log to each shard every five seconds, and waits for its replicas as a
 * user's write does: whether a shard takes writes is seen although nobody writes to it. The record
 * changes no table. One thread and one connection of the pool for each shard; thread-safe.
 */
@Singleton
final class WriteCanary {

  private static final Logger LOG = Logger.getLogger(WriteCanary.class);
  private static final long INTERVAL_SECONDS = 5;
  private static final String WRITE =
      "SELECT pg_logical_emit_message(true, 'user-service', 'canary')";

  private final Map<Integer, String> refusals = new ConcurrentHashMap<>();
  private final CountDownLatch stopping = new CountDownLatch(1);

  /** Begins to write to these shards. */
  void start(List<ReplicationGroup> groups) {
    for (ReplicationGroup group : groups) {
      DaemonThreads.start("write-canary-" + group.shard(), () -> repeat(group));
    }
  }

  /** Why the last write to a shard failed; empty if it did not, or there was none yet. */
  Optional<String> refusal(int shard) {
    return Optional.ofNullable(refusals.get(shard));
  }

  void stop(@Observes ShutdownEvent event) {
    stopping.countDown();
  }

  private void repeat(ReplicationGroup group) {
    FailureLog log = new FailureLog();
    try {
      while (!stopping.await(INTERVAL_SECONDS, TimeUnit.SECONDS)) {
        write(group, log);
      }
    } catch (InterruptedException stopped) {
      LOG.debug("The canary was interrupted", stopped);
    }
  }

  private void write(ReplicationGroup group, FailureLog log) {
    int shard = group.shard();
    Optional<String> refusal = attempt(group);
    if (refusal.isPresent()) {
      refusals.put(shard, refusal.get());
      if (log.failed(refusal.get())) {
        LOG.warnf("Shard %d takes no writes: %s", shard, refusal.get());
      }
    } else {
      refusals.remove(shard);
      if (log.succeeded()) {
        LOG.infof("Shard %d takes writes again", shard);
      }
    }
  }

  private static Optional<String> attempt(ReplicationGroup group) {
    Optional<MonitoredEndpoint> primary = group.primary();
    if (primary.isEmpty()) {
      return Optional.of("it has no primary");
    }
    try (Connection connection = primary.get().writes().connection();
        Statement statement = connection.createStatement()) {
      statement.execute(WRITE);
      ConfirmedTransactions.check(statement);
      return Optional.empty();
    } catch (SQLException failure) {
      return Optional.of(String.valueOf(failure.getMessage()));
    }
  }
}
