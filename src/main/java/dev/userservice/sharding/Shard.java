package dev.userservice.sharding;

import dev.userservice.replication.ReplicationGroup;
import dev.userservice.routing.ReadOperation;
import dev.userservice.routing.ReadRouter;
import io.vertx.core.Future;

/** One shard: reads go to one of its servers. Thread-safe. */
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
  public <T> Future<T> read(ReadOperation<T> operation) {
    return router.read(group, operation);
  }

  ReplicationGroup group() {
    return group;
  }
}
