package dev.userservice.embedded.shard;

import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;

/**
 * The end of a replica's log, comparable between the replicas of one shard.
 *
 * @param timeline the newest timeline in its log
 * @param log the end of the log on disk, in bytes
 */
record ReplicaPosition(long timeline, long log) implements Comparable<ReplicaPosition> {

  private static final Comparator<ReplicaPosition> ORDER =
      Comparator.comparingLong(ReplicaPosition::timeline).thenComparingLong(ReplicaPosition::log);

  /**
   * Returns no row while the position may still grow. What was received from a dead primary must be
   * on disk, and a replica that was just started must have read its own log to the end. That is so
   * if it knows what it has received, or if its startup process waits for more.
   */
  private static final String SETTLED =
      """
      SELECT (SELECT max(('x' || left(name, 8))::bit(32)::bigint)
                FROM pg_ls_waldir() WHERE name ~ '^[0-9A-F]{24}$'),
             pg_wal_lsn_diff(
                 greatest(pg_last_wal_receive_lsn(), pg_last_wal_replay_lsn()), '0/0')::bigint
       WHERE pg_is_in_recovery()
         AND NOT EXISTS (SELECT FROM pg_stat_wal_receiver WHERE status = 'streaming')
         AND (pg_last_wal_receive_lsn() IS NOT NULL
              OR EXISTS (SELECT FROM pg_stat_activity
                          WHERE backend_type = 'startup'
                            AND wait_event IN
                                ('RecoveryRetrieveRetryInterval', 'RecoveryWalStream')))
      """;

  static List<ReplicaPosition> settled(Statements statements) throws SQLException {
    return statements.query(SETTLED, row -> new ReplicaPosition(row.getLong(1), row.getLong(2)));
  }

  @Override
  public int compareTo(ReplicaPosition other) {
    return ORDER.compare(this, other);
  }
}
