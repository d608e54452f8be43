package dev.userservice.embedded.shard;

import dev.userservice.embedded.server.EmbeddedClusterException;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * The marks of a shard's data directories, and which server they allow to become the primary.
 *
 * @param shard the shard's number, for messages
 * @param marks one for each server, in order
 */
record ShardMarks(int shard, List<DirectoryMark> marks) {

  ShardMarks {
    marks = List.copyOf(marks);
  }

  /**
   * The server that is the primary; empty if a failover was interrupted and must be finished.
   *
   * @throws EmbeddedClusterException if there is more than one
   */
  OptionalInt primary() {
    int[] primaries = with(DirectoryMark.PRIMARY);
    if (primaries.length > 1) {
      throw new EmbeddedClusterException(
          "shard "
              + shard
              + " has more than one primary; remove all but one of their directories below"
              + " users.embedded.directory");
    }
    return IntStream.of(primaries).findFirst();
  }

  /** A primary other than the given server, if an interrupted failover has promoted one. */
  OptionalInt primaryInsteadOf(int dead) {
    return IntStream.of(with(DirectoryMark.PRIMARY)).filter(server -> server != dead).findFirst();
  }

  /**
   * Whether a dead primary is restarted instead of replaced: one replica is missing, or there are
   * none, so that an acknowledged write may be on the dead server only.
   */
  boolean mustRestart(int dead) {
    return marks.get(dead) == DirectoryMark.PRIMARY
        && (marks.size() == 1 || with(DirectoryMark.REPLICA).length < marks.size() - 1);
  }

  /** The servers that may be promoted, once there is no primary. */
  List<Integer> candidates() {
    return IntStream.of(with(DirectoryMark.REPLICA)).boxed().toList();
  }

  /**
   * The server that cannot be promoted, once there is no primary.
   *
   * @throws EmbeddedClusterException unless it is exactly one: with two servers lost, an
   *     acknowledged write may be lost too
   */
  int formerPrimary() {
    int[] others =
        IntStream.range(0, marks.size())
            .filter(server -> marks.get(server) != DirectoryMark.REPLICA)
            .toArray();
    if (others.length != 1) {
      throw new EmbeddedClusterException(
          "shard " + shard + " has lost its primary and another server");
    }
    return others[0];
  }

  /**
   * Whether the former primary may be the primary again: it is fenced, and no replica was promoted,
   * so no server has a write that it lacks.
   */
  boolean mayReinstate(int former) {
    return marks.get(former) == DirectoryMark.FENCED;
  }

  private int[] with(DirectoryMark mark) {
    return IntStream.range(0, marks.size()).filter(server -> marks.get(server) == mark).toArray();
  }
}
