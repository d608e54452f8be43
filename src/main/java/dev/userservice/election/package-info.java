/**
 * One leader among all processes of the service, whose effects are its alone: exactly one process
 * migrates schemas and does other work for all, and one that only believes it leads can do no harm.
 *
 * <p>Three things keep that word, each by itself weaker than together:
 *
 * <ul>
 *   <li><b>A lease.</b> A process leads for as long as it renews its lock in time; others leave the
 *       lock alone until they have seen it unchanged for a lease (Gray and Cheriton, <i>Leases</i>,
 *       1989; the rules on time are those of Kubernetes' client-go). Only elapsed time on one
 *       machine counts, from an observed change, never two machines' clocks. This makes a single
 *       active node likely.
 *   <li><b>An epoch.</b> Each leadership has a number that no other ever had, given by a majority
 *       of the shards' primaries ({@link dev.userservice.election.vote.Voters}): voting and
 *       majority (Gifford, <i>Weighted Voting for Replicated Data</i>, 1979), as in the election of
 *       Raft (Ongaro and Ousterhout, 2014), whose pre-vote and randomised timeouts are here too,
 *       the latter for even splits.
 *   <li><b>A fence.</b> Every transaction of a leader begins with its epoch, and a database that
 *       has seen a newer one refuses it, SQLSTATE {@code US002} ({@link
 *       dev.userservice.leader.Leadership}; fencing tokens, Kleppmann, 2016). This holds whatever
 *       clocks, networks and pauses do.
 * </ul>
 *
 * <p>The lock is a Lease of the Kubernetes API or the votes themselves ({@link
 * dev.userservice.election.lock.LockKind}). Who takes a free leadership first is a matter of
 * preference ({@link dev.userservice.election.preference.Preference}): candidates are in one order
 * by the time of their registration and then by name, as requests are in Lamport's mutual exclusion
 * (1978), and the first one alive wins, as in the bully algorithm (Garcia-Molina, 1982). A
 * preference makes others wait less than a retry period and decides nothing else.
 *
 * <p>Work for the leader is a {@link dev.userservice.leader.LeaderTask}. This package knows none
 * but its own. Everything that changes the state of an election runs on one thread ({@link
 * dev.userservice.election.lock.ElectionLoop}), with which a test plays thousands of elections in
 * virtual time; calls that block have threads of their own.
 */
@NullMarked
package dev.userservice.election;

import org.jspecify.annotations.NullMarked;
