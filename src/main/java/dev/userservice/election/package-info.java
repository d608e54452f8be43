/**
 * Elects one leader among all processes of the service. The leader migrates schemas and does other
 * work that one process does for all. A process that only believes that it leads can do no harm.
 *
 * <p>Three mechanisms ensure that:
 *
 * <ul>
 *   <li><b>A lease.</b> A process leads as long as it renews its lock in time. Others do not take
 *       the lock before they have seen it unchanged for a lease (Gray and Cheriton, <i>Leases</i>,
 *       1989; the rules on time are those of Kubernetes' client-go). Only elapsed time on one
 *       machine counts, from an observed change; clocks of two machines are never compared. This
 *       makes one active leader likely.
 *   <li><b>An epoch.</b> Each term has a number that no other term has, granted by a majority of
 *       the shards' primaries ({@link dev.userservice.election.vote.Voters}): voting and majority
 *       (Gifford, <i>Weighted Voting for Replicated Data</i>, 1979), as in the election of Raft
 *       (Ongaro and Ousterhout, 2014), with its pre-vote and, against split votes, its random
 *       timeouts.
 *   <li><b>A fence.</b> Every transaction of a leader begins with its epoch, and a database that
 *       has seen a newer epoch refuses it, SQLSTATE {@code US002} ({@link
 *       dev.userservice.leader.Leadership}; fencing tokens, Kleppmann, 2016). This holds whatever
 *       clocks, networks and pauses do.
 * </ul>
 *
 * <p>The lock is a Lease of the Kubernetes API or the votes themselves ({@link
 * dev.userservice.election.lock.LockKind}). Which candidate takes a free lock first is a preference
 * ({@link dev.userservice.election.preference.Preference}): candidates are in one order by the time
 * of their registration and then by name, as requests are in Lamport's mutual exclusion (1978), and
 * the first one that is alive wins, as in the bully algorithm (Garcia-Molina, 1982). For a
 * preferred candidate, others wait less than a retry period.
 *
 * <p>Work for the leader is a {@link dev.userservice.leader.LeaderTask}. All work that changes the
 * state of an election runs on one loop ({@link dev.userservice.election.lock.ElectionLoop}), so
 * that a test runs thousands of elections in virtual time. Blocking calls have threads of their
 * own.
 */
@NullMarked
package dev.userservice.election;

import org.jspecify.annotations.NullMarked;
