package dev.userservice.sharding.schema;

import dev.userservice.leader.LeaderTask;
import dev.userservice.leader.Leadership;
import dev.userservice.replication.ReplicationGroup;
import dev.userservice.replication.ReplicationGroups;
import dev.userservice.sharding.map.ShardingConfig;
import dev.userservice.sharding.map.SlotFunction;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.callback.Callback;
import org.flywaydb.core.api.callback.Context;
import org.flywaydb.core.api.callback.Event;

/**
 * Migrates every shard's schema. Each migration is one transaction together with its entry in
 * Flyway's history and the leader's epoch. If the process dies, the migration is applied completely
 * or not at all, and a leader that has been replaced cannot apply one.
 */
@Singleton
public final class SchemaMigration implements LeaderTask {

  private static final int LOCK_ATTEMPTS_ONE_SECOND_APART = 10;
  private static final Duration SILENCE = Duration.ofSeconds(8);

  // By default Flyway writes its history by a second connection: a process that dies between the
  // two commits would leave a migration without its entry.
  private static final Map<String, String> ONE_CONNECTION =
      Map.of("flyway.postgresql.transactional.lock", "false");

  private final ShardingConfig sharding;
  private final ReplicationGroups groups;

  SchemaMigration(ShardingConfig sharding, ReplicationGroups groups) {
    this.sharding = sharding;
    this.groups = groups;
  }

  @Override
  public String name() {
    return "schema-migration";
  }

  @Override
  public Duration interval() {
    return Duration.ofSeconds(10);
  }

  @Override
  public void run(Leadership leadership) throws Exception {
    leadership.onEach(groups.all(), group -> migrate(leadership, group));
  }

  private void migrate(Leadership leadership, ReplicationGroup group) throws SQLException {
    if (version(leadership, group) >= SchemaVersion.NEWEST) {
      return;
    }
    int slots = new SlotFunction(sharding.slots()).slots();
    Flyway.configure(SchemaMigration.class.getClassLoader())
        .dataSource(leadership.dataSource(group))
        .resourceProvider(new MigrationScripts())
        .javaMigrationClassProvider(List::of)
        .placeholders(Map.of("slots", Integer.toString(slots)))
        .lockRetryCount(LOCK_ATTEMPTS_ONE_SECOND_APART)
        .callbacks(new Fence(leadership))
        .configuration(ONE_CONNECTION)
        .load()
        .migrate();
    int found = version(leadership, group);
    if (found < SchemaVersion.NEWEST) {
      throw new IllegalStateException(
          "Shard %d has schema version %d after its migration, not %d"
              .formatted(group.shard(), found, SchemaVersion.NEWEST));
    }
  }

  private static int version(Leadership leadership, ReplicationGroup group) throws SQLException {
    try (Connection connection = leadership.connect(group, SILENCE)) {
      return SchemaVersion.of(connection);
    }
  }

  /** Enters the epoch at the beginning of each migration's transaction. */
  private record Fence(Leadership leadership) implements Callback {

    @Override
    public boolean supports(Event event, Context context) {
      return event == Event.BEFORE_EACH_MIGRATE;
    }

    @Override
    public boolean canHandleInTransaction(Event event, Context context) {
      return true;
    }

    @Override
    public void handle(Event event, Context context) {
      try {
        leadership.enter(context.getConnection());
      } catch (SQLException refused) {
        throw new IllegalStateException(refused.getMessage(), refused);
      }
    }

    @Override
    public String getCallbackName() {
      return "fence";
    }
  }
}
