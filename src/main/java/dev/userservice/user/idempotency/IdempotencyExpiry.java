package dev.userservice.user.idempotency;

import dev.userservice.leader.LeaderTask;
import dev.userservice.leader.Leadership;
import dev.userservice.replication.ReplicationGroup;
import dev.userservice.replication.ReplicationGroups;
import dev.userservice.sharding.Shards;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;

/** Forgets answers that nobody will ask for again, a few at a time so that no write waits long. */
@Singleton
final class IdempotencyExpiry implements LeaderTask {

  private static final int BATCH = 1000;
  private static final String DELETE =
      """
      DELETE FROM idempotency_key WHERE ctid = ANY (ARRAY(
        SELECT ctid FROM idempotency_key WHERE created_at < now() - make_interval(secs => ?)
        ORDER BY created_at LIMIT ?))
      """;

  private final IdempotencyConfig config;
  private final ReplicationGroups groups;
  private final Shards shards;

  IdempotencyExpiry(IdempotencyConfig config, ReplicationGroups groups, Shards shards) {
    this.config = config;
    this.groups = groups;
    this.shards = shards;
  }

  @Override
  public String name() {
    return "idempotency-expiry";
  }

  @Override
  public Duration interval() {
    return config.expiryInterval();
  }

  @Override
  public void run(Leadership leadership) throws Exception {
    if (!shards.all().isEmpty()) {
      leadership.onEach(groups.all(), group -> expire(leadership, group));
    }
  }

  private void expire(Leadership leadership, ReplicationGroup group) throws SQLException {
    int removed = BATCH;
    while (removed == BATCH) {
      removed = leadership.transaction(group, this::removeSome);
    }
  }

  private int removeSome(Connection connection) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(DELETE)) {
      statement.setDouble(1, config.retention().toMillis() / 1000.0);
      statement.setInt(2, BATCH);
      return statement.executeUpdate();
    }
  }
}
