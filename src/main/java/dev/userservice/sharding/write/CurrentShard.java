package dev.userservice.sharding.write;

import jakarta.enterprise.context.RequestScoped;

/**
 * The shard that this request's transaction belongs to, which is Hibernate ORM's tenant. Set before
 * a transaction begins; a transaction never spans two shards.
 */
@RequestScoped
public class CurrentShard {

  private int shard;

  /** Names the shard of the transactions that begin from now on in this request. */
  public void set(int number) {
    shard = number;
  }

  /** The shard's number. */
  public int get() {
    return shard;
  }
}
