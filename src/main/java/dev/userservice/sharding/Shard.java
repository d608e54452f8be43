package dev.userservice.sharding;

import dev.userservice.consistency.Consistency;
import dev.userservice.replication.ReplicationGroup;
import dev.userservice.routing.Explanation;
import dev.userservice.routing.ReadRouter;
import dev.userservice.routing.ReadStatement;
import dev.userservice.routing.Served;
import io.vertx.core.Future;
import io.vertx.sqlclient.Tuple;

/** One shard: a group of replicated servers that holds some of the users. Thread-safe. */
public final class Shard {

  private final ReplicationGroup group;
  private final ReadRouter router;

  Shard(ReplicationGroup group, ReadRouter router) {
    this.group = group;
    this.router = router;
  }

  /** The shard's number, from 0. */
  public int number() {
    return group.shard();
  }

  /** Reads from the shard, in one database round trip unless a server fails. */
  public <T> Future<Served<T>> read(
      ReadStatement<T> statement, Tuple arguments, Consistency consistency) {
    return router.read(statement, arguments, consistency);
  }

  /** Which servers are eligible for a read now, and why the others are not. Reads nothing. */
  public Explanation explain(Consistency consistency) {
    return router.explain(consistency);
  }

  public ReplicationGroup group() {
    return group;
  }
}
