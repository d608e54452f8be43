package dev.userservice.election.vote;

import dev.userservice.datasource.ConfirmedTransactions;
import dev.userservice.election.lock.CallThread;
import dev.userservice.election.lock.ElectionLoop;
import dev.userservice.replication.MonitoredEndpoint;
import dev.userservice.replication.ReplicationGroup;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The vote that is stored in a shard's primary. It has a connection and a thread of its own, so
 * that neither the load of users nor another shard that hangs delays the renewal. Each call takes
 * one round trip. A vote is acknowledged after it is replicated, as any write.
 */
final class DatabaseVoter implements Voter {

  private static final String SESSION = "user-service election";
  private static final String READ = "SELECT * FROM election.vote";
  private static final String GRANT = "SELECT * FROM election.grant_vote(?, ?, ?, ?, ?)";
  private static final String RENEW = "SELECT * FROM election.renew_vote(?, ?, ?)";
  private static final String RELEASE = "SELECT * FROM election.release_vote(?, ?)";
  // A beat may be lost, so it does not wait for replicas.
  private static final String BEAT =
      """
      WITH local AS (SELECT set_config('synchronous_commit', 'local', true)),
      beat AS (
        INSERT INTO election.candidate AS c (identity, schema_version, application_version)
        SELECT ?, ?, ? FROM local
        ON CONFLICT (identity) DO UPDATE SET beats = c.beats + 1, beaten_at = clock_timestamp()
      )
      SELECT identity, schema_version, application_version,
             (extract(epoch FROM registered_at) * 1000000)::bigint, beats
      FROM election.candidate
      """;
  private static final String LEAVE = "DELETE FROM election.candidate WHERE identity = ?";

  private final ReplicationGroup group;
  private final Duration silence;
  private final CallThread thread;
  private @Nullable Connection connection;
  private @Nullable MonitoredEndpoint server;

  DatabaseVoter(ReplicationGroup group, ElectionLoop loop, Duration silence) {
    this.group = group;
    this.silence = silence;
    this.thread = new CallThread("election-voter-" + group.shard(), loop);
  }

  @Override
  public CompletionStage<Ballot> read() {
    return vote(READ);
  }

  @Override
  public CompletionStage<Ballot> grant(Claim claim, Ballot seen) {
    return vote(
        GRANT,
        claim.epoch(),
        claim.holder(),
        claim.leaseMillis(),
        seen.promised(),
        seen.renewals());
  }

  @Override
  public CompletionStage<Ballot> renew(Claim claim) {
    return vote(RENEW, claim.epoch(), claim.holder(), claim.leaseMillis());
  }

  @Override
  public CompletionStage<Ballot> release(Claim claim) {
    return vote(RELEASE, claim.epoch(), claim.holder());
  }

  @Override
  public CompletionStage<List<Candidate>> beat(Candidacy self) {
    Version version = self.version();
    return call(
        () -> {
          try (PreparedStatement statement =
                  prepared(BEAT, self.identity(), version.schema(), version.application());
              ResultSet rows = statement.executeQuery()) {
            List<Candidate> candidates = new ArrayList<>();
            while (rows.next()) {
              candidates.add(candidate(rows));
            }
            return candidates;
          }
        });
  }

  @Override
  public CompletionStage<Boolean> leave(Candidacy self) {
    return call(
        () -> {
          try (PreparedStatement statement = prepared(LEAVE, self.identity())) {
            return statement.executeUpdate() == 1;
          }
        });
  }

  @Override
  public void close() {
    thread.end(this::disconnect);
  }

  private CompletionStage<Ballot> vote(String sql, Object... arguments) {
    return call(
        () -> {
          try (PreparedStatement statement = prepared(sql, arguments);
              ResultSet row = statement.executeQuery()) {
            row.next();
            ConfirmedTransactions.check(statement);
            return new Ballot(
                row.getLong("promised"),
                row.getString("holder"),
                row.getLong("renewals"),
                row.getLong("lease_millis"),
                row.getObject("granted_at", OffsetDateTime.class).toInstant());
          }
        });
  }

  private static Candidate candidate(ResultSet row) throws SQLException {
    Version version = new Version(row.getInt(2), row.getString(3));
    return new Candidate(new Candidacy(row.getString(1), version), row.getLong(4), row.getLong(5));
  }

  private <T> CompletionStage<T> call(Callable<T> work) {
    return thread.call(
        () -> {
          try {
            return work.call();
          } catch (SQLException failure) {
            disconnect();
            throw failure;
          }
        });
  }

  private PreparedStatement prepared(String sql, Object... arguments) throws SQLException {
    PreparedStatement statement = connection().prepareStatement(sql);
    for (int index = 0; index < arguments.length; index++) {
      statement.setObject(index + 1, arguments[index]);
    }
    return statement;
  }

  private Connection connection() throws SQLException {
    MonitoredEndpoint primary =
        group.primary().orElseThrow(() -> new SQLException("there is no primary", "08001"));
    if (connection == null || server != primary) {
      disconnect();
      connection = primary.writes().unpooled(SESSION, silence).getConnection();
      server = primary;
      ElectionSchema.ensure(
          connection, () -> primary.writes().unpooledForMigrator(SESSION, silence).getConnection());
    }
    return connection;
  }

  private void disconnect() {
    Connection closed = connection;
    connection = null;
    try {
      if (closed != null) {
        closed.close();
      }
    } catch (SQLException gone) {
      // It is closed then.
    }
  }
}
