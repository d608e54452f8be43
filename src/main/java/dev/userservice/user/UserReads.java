package dev.userservice.user;

import dev.userservice.sharding.ScatterGather;
import dev.userservice.sharding.Shard;
import dev.userservice.sharding.Shards;
import io.vertx.core.Future;
import io.vertx.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Reads users. Never blocks. */
@Singleton
final class UserReads {

  private static final String SELECT = "SELECT " + UserRows.COLUMNS + " FROM users ";
  private static final String BY_ID = SELECT + "WHERE id = $1";
  private static final String BY_IDS = SELECT + "WHERE id = ANY($1)";
  private static final String BY_EMAIL = SELECT + "WHERE lower(email) = $1 LIMIT 1000";
  private static final String PAGE = SELECT + "WHERE id > $1 ORDER BY id LIMIT $2";

  private final Shards shards;
  private final ScatterGather scatter;

  UserReads(Shards shards, ScatterGather scatter) {
    this.shards = shards;
    this.scatter = scatter;
  }

  /** One user: one round trip. */
  Future<Optional<User>> byId(long id) {
    return shards.of(id).read(server -> server.execute(BY_ID, Tuple.of(id)).map(UserRows::first));
  }

  /** Those of the given users that exist, in ID order: one round trip to each shard concerned. */
  Future<List<User>> byIds(Collection<Long> ids) {
    Map<Shard, List<Long>> byShard = new HashMap<>();
    for (long id : ids) {
      byShard.computeIfAbsent(shards.of(id), shard -> new ArrayList<>()).add(id);
    }
    return scatter
        .ask(
            byShard.keySet(),
            shard -> {
              Long[] wanted = byShard.getOrDefault(shard, List.of()).toArray(Long[]::new);
              return shard.read(
                  server -> server.execute(BY_IDS, Tuple.of(wanted)).map(UserRows::all));
            })
        .map(answers -> merged(answers.complete()));
  }

  /** The users with an e-mail address, whatever its case: one round trip to each shard. */
  Future<List<User>> byEmail(String email) {
    String folded = email.toLowerCase(Locale.ROOT);
    return scatter
        .ask(
            shards.all(),
            shard ->
                shard.read(server -> server.execute(BY_EMAIL, Tuple.of(folded)).map(UserRows::all)))
        .map(answers -> merged(answers.complete()));
  }

  /** The users after an ID, in ID order over all shards: one round trip to each shard. */
  Future<List<User>> page(long afterId, int limit) {
    return scatter
        .ask(shards.all(), shard -> page(shard, afterId, limit))
        .map(answers -> merged(answers.complete()))
        .map(users -> users.subList(0, Math.min(limit, users.size())));
  }

  /** The users of one shard after an ID, in ID order: one round trip. */
  Future<List<User>> page(Shard shard, long afterId, int limit) {
    return shard.read(server -> server.execute(PAGE, Tuple.of(afterId, limit)).map(UserRows::all));
  }

  private static List<User> merged(Collection<List<User>> answers) {
    return answers.stream()
        .flatMap(List::stream)
        .sorted(Comparator.comparingLong(User::id))
        .toList();
  }
}
