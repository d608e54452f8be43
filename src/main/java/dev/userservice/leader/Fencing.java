package dev.userservice.leader;

import dev.userservice.datasource.ConfirmedTransactions;
import dev.userservice.replication.ReplicationGroup;
import dev.userservice.replication.ReplicationGroups;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;

/**
 * Enters the new epoch on every shard at once, so that an older leader is refused also where the
 * new one has no work yet. Ends the sessions of older leaders, whose open transactions would delay
 * the new one. Deletes candidates that have been silent for an hour.
 */
@Singleton
final class Fencing implements LeaderTask {

  private static final String END_OLDER_SESSIONS =
      """
      SELECT pg_terminate_backend(pid) FROM pg_stat_activity
      WHERE usename = current_user AND datname = current_database()
        AND application_name ~ ('^' || ? || '\\d+$')
        AND substring(application_name FROM '\\d+$')::bigint < ?
      """;
  private static final String STRIKE_OFF =
      "DELETE FROM election.candidate WHERE beaten_at < clock_timestamp() - interval '1 hour'";

  private static final Duration SILENCE = Duration.ofSeconds(5);

  private final ReplicationGroups groups;

  Fencing(ReplicationGroups groups) {
    this.groups = groups;
  }

  @Override
  public String name() {
    return "fencing";
  }

  @Override
  public Duration interval() {
    return Duration.ofSeconds(10);
  }

  @Override
  public void run(Leadership leadership) throws Exception {
    leadership.onEach(groups.all(), group -> fence(leadership, group));
  }

  private static void fence(Leadership leadership, ReplicationGroup group) throws SQLException {
    try (Connection connection = leadership.connect(group, SILENCE);
        PreparedStatement end = connection.prepareStatement(END_OLDER_SESSIONS);
        PreparedStatement strike = connection.prepareStatement(STRIKE_OFF)) {
      end.setString(1, Leadership.SESSION);
      end.setLong(2, leadership.epoch());
      end.execute();
      connection.setAutoCommit(false);
      leadership.enter(connection);
      strike.execute();
      ConfirmedTransactions.commit(connection);
    }
  }
}
