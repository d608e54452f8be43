package dev.userservice.sharding;

import dev.userservice.replication.ReplicationConfig;
import dev.userservice.replication.ReplicationGroup;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import org.flywaydb.core.Flyway;

/**
 * Brings every shard's schema up to date. Flyway holds an advisory lock in the database while it
 * works, so of several processes one migrates a shard and the others wait, then find it done.
 */
@Singleton
final class SchemaMigration {

  private static final int LOCK_ATTEMPTS_ONE_SECOND_APART = 600;

  private final ShardingConfig sharding;
  private final ReplicationConfig replication;

  SchemaMigration(ShardingConfig sharding, ReplicationConfig replication) {
    this.sharding = sharding;
    this.replication = replication;
  }

  void migrate(List<ReplicationGroup> groups) {
    groups.forEach(this::migrate);
  }

  private void migrate(ReplicationGroup group) {
    int slots = new SlotFunction(sharding.slots()).slots();
    Flyway.configure(Thread.currentThread().getContextClassLoader())
        .dataSource(group.awaitPrimary(replication.startupWait()).writes().unpooled())
        .locations("classpath:db/migration")
        .placeholders(Map.of("slots", Integer.toString(slots)))
        .lockRetryCount(LOCK_ATTEMPTS_ONE_SECOND_APART)
        .load()
        .migrate();
  }
}
