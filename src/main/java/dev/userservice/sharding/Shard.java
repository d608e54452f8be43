package dev.userservice.sharding;

import dev.userservice.consistency.Consistency;
import dev.userservice.replication.ReplicationGroup;
import dev.userservice.routing.Explanation;
import dev.userservice.routing.ReadStatement;
import dev.userservice.routing.Served;
import dev.userservice.routing.ShardRouter;
import io.vertx.core.Future;
import io.vertx.sqlclient.Tuple;

/** One shard: reads go to one of its servers. Thread-safe. */
public final class Shard {

  private final ReplicationGroup group;
  private final ShardRouter router;
  private final Replies replies;

  Shard(ReplicationGroup group, ShardRouter router, Replies replies) {
    this.group = group;
    this.router = router;
    this.replies = replies;
  }

  /** The shard's number, from 0. */
  public int number() {
    return group.shard();
  }

  /** Reads from the shard, in one database round trip unless a server fails. */
  public <T> Future<Reply<T>> read(
      ReadStatement<T> statement, Tuple arguments, Consistency consistency) {
    return part(statement, arguments, consistency).map(served -> replies.read(served, consistency));
  }

  /** Reads a part of an answer that comes from several shards. */
  public <T> Future<Served<T>> part(
      ReadStatement<T> statement, Tuple arguments, Consistency consistency) {
    return router.read(statement, arguments, consistency);
  }

  /** What a read would find now, without reading. */
  public Explanation explain(Consistency consistency) {
    return router.explain(consistency);
  }

  public ReplicationGroup group() {
    return group;
  }
}
