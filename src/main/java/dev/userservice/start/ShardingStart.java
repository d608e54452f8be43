package dev.userservice.start;

import dev.userservice.background.DaemonThreads;
import dev.userservice.background.FailureLog;
import dev.userservice.election.Election;
import dev.userservice.replication.ReplicationGroups;
import dev.userservice.sharding.Shards;
import dev.userservice.sharding.map.ShardMapException;
import dev.userservice.sharding.schema.MigratedShards;
import dev.userservice.sharding.schema.SchemaVersion;
import io.quarkus.runtime.PreventFurtherStepsException;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Finds the servers and stands for leader before the process listens; then waits, alive but not
 * ready, until the leader has migrated every shard, and opens them. What is configured wrongly is
 * one line and exit code 1; a database that is down is waited for.
 */
@Singleton
final class ShardingStart {

  private static final Logger LOG = Logger.getLogger(ShardingStart.class);
  private static final long LOOK_MILLIS = 50;
  private static final long RETRY_MILLIS = 1000;

  private final ReplicationGroups groups;
  private final Election election;
  private final MigratedShards migrated;
  private final Shards shards;
  private final CountDownLatch stopping = new CountDownLatch(1);

  ShardingStart(
      ReplicationGroups groups, Election election, MigratedShards migrated, Shards shards) {
    this.groups = groups;
    this.election = election;
    this.migrated = migrated;
    this.shards = shards;
  }

  void onStart(@Observes StartupEvent event) {
    StopDuringStart stop = new StopDuringStart();
    RuntimeException failure = failureToStart();
    if (stop.close()) {
      LOG.info(StopDuringStart.MESSAGE);
      throw new PreventFurtherStepsException(StopDuringStart.MESSAGE, 1);
    }
    if (failure != null) {
      refuse(failure);
      throw new PreventFurtherStepsException(failure.getMessage(), 1);
    }
    DaemonThreads.start("sharding-start", this::open);
  }

  private @Nullable RuntimeException failureToStart() {
    try {
      UnknownSettings.refuse(ConfigProvider.getConfig());
      groups.start();
      election.start(SchemaVersion.NEWEST);
      return null;
    } catch (RuntimeException failure) {
      return failure;
    }
  }

  void onStop(@Observes ShutdownEvent event) {
    stopping.countDown();
  }

  private void open() {
    FailureLog log = new FailureLog();
    try {
      while (stopping.getCount() > 0) {
        try {
          if (migrated.allOf(groups.all())) {
            shards.open();
            return;
          }
          stopping.await(LOOK_MILLIS, TimeUnit.MILLISECONDS);
        } catch (ShardMapException contradiction) {
          refuse(contradiction);
          return;
        } catch (RuntimeException failure) {
          tell(failure, log);
          stopping.await(RETRY_MILLIS, TimeUnit.MILLISECONDS);
        }
      }
    } catch (InterruptedException stopped) {
      LOG.debug("The start was interrupted", stopped);
    }
  }

  private static void refuse(RuntimeException failure) {
    LOG.debug("Why the service cannot start", failure);
    LOG.error("The service cannot start: " + failure.getMessage());
    Quarkus.asyncExit(1);
  }

  private static void tell(RuntimeException failure, FailureLog log) {
    String message = String.valueOf(failure.getMessage());
    if (log.failed(message)) {
      LOG.warn("The shards cannot be opened yet: " + message);
      LOG.debug("Why the shards cannot be opened", failure);
    }
  }
}
