package dev.userservice.topology;

import dev.userservice.datasource.Credentials;
import dev.userservice.datasource.Endpoint;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The servers: for each shard, in shard order, the endpoints of its replication group.
 *
 * @param shards one non-empty list of endpoints per shard; no address appears twice
 * @param credentials the same for all servers
 */
public record Topology(List<List<Endpoint>> shards, Credentials credentials) {

  /** Copies, and refuses an empty topology, an empty shard and an endpoint named twice. */
  public Topology {
    shards = shards.stream().map(List::copyOf).toList();
    if (shards.isEmpty()) {
      throw new IllegalArgumentException("a topology needs at least one shard");
    }
    Set<String> addresses = new HashSet<>();
    for (int shard = 0; shard < shards.size(); shard++) {
      if (shards.get(shard).isEmpty()) {
        throw new IllegalArgumentException("shard " + shard + " has no endpoints");
      }
      for (Endpoint endpoint : shards.get(shard)) {
        if (!addresses.add(endpoint.address())) {
          throw new IllegalArgumentException("endpoint " + endpoint + " is named twice");
        }
      }
    }
  }
}
