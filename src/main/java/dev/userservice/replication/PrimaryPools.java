package dev.userservice.replication;

import dev.userservice.datasource.WritePool;

/** Tells where a shard's transactions go now. Thread-safe; may change between two calls. */
public interface PrimaryPools {

  /** The pool of the shard's current primary. */
  WritePool primaryOf(int shard);
}
