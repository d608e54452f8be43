package dev.userservice.embedded.shard;

import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;

/**
 * How far a replica has got, comparable between replicas of one shard.
 *
 * @param timeline the newest timeline that it has log of
 * @param log the end of the log that it has on disk, in bytes
 */
record ReplicaPosition(long timeline, long log) implements Comparable<ReplicaPosition> {

  private static final Comparator<ReplicaPosition> ORDER =
      Comparator.comparingLong(ReplicaPosition::timeline).thenComparingLong(ReplicaPosition::log);

  /**
   * No row while the position may still grow: what was received from a dead primary must be on
   * disk, and a replica that has just been started must have found the end of its own log. A
   * replica that knows what it received has been there; otherwise its startup process must be
   * waiting for more.
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
