package dev.userservice.user;

import dev.userservice.consistency.Consistency;
import dev.userservice.consistency.Consistency.Level;
import dev.userservice.consistency.ConsistencyToken;
import dev.userservice.datasource.Failure;
import dev.userservice.routing.ReadStatement;
import dev.userservice.routing.Served;
import dev.userservice.sharding.Gathered;
import dev.userservice.sharding.OwnerReads;
import dev.userservice.sharding.OwnerReads.Found;
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
import java.util.Map;
import java.util.Optional;

/** Reads users. Never blocks. */
@Singleton
public final class UserReads {

  private static final String UNDEFINED_FUNCTION = "42883";
  private static final String SELECT = "SELECT " + UserRows.COLUMNS + " FROM users ";
  private static final ReadStatement<Optional<User>> BY_ID =
      ReadStatement.point(SELECT + "WHERE id = $1", UserRows::first);
  private static final ReadStatement<Found<User>> BY_ID_CONFIRMING =
      ReadStatement.scan(
          "SELECT "
              + UserRows.COLUMNS
              + """
              , o.owned
              FROM (SELECT m.shard = i.shard AS owned FROM shard_map m, shard_identity i
                    WHERE m.slot = slot_of($1)) o
              LEFT JOIN users ON id = $1
              """,
          UserRows::found);
  private static final ReadStatement<List<User>> BY_IDS = users("WHERE id = ANY($1)");

  /** A page of the users with an address. */
  static final String WITH_EMAIL =
      """
      WHERE email IS NOT NULL
        AND folded_email(email) COLLATE "C" = folded_email($1::text) COLLATE "C"
        AND id > $2
      ORDER BY id LIMIT $3
      """;

  private static final ReadStatement<List<User>> BY_EMAIL = users(WITH_EMAIL);
  private static final ReadStatement<List<User>> PAGE = users("WHERE id > $1 ORDER BY id LIMIT $2");

  private final Shards shards;
  private final OwnerReads owner;
  private final ScatterGather scatter;

  UserReads(Shards shards, OwnerReads owner, ScatterGather scatter) {
    this.shards = shards;
    this.owner = owner;
    this.scatter = scatter;
  }

  /** One user: one round trip, two if there is none. */
  public Future<Served<Optional<User>>> byId(long id, Consistency consistency) {
    return owner.read(id, BY_ID, BY_ID_CONFIRMING, consistency);
  }

  /** Those of the given users that exist, in ID order: one round trip to each shard concerned. */
  public Future<Gathered<List<User>>> byIds(Collection<Long> ids, Consistency consistency) {
    Map<Shard, List<Long>> byShard = new HashMap<>();
    for (long id : ids) {
      byShard.computeIfAbsent(shards.of(id), shard -> new ArrayList<>()).add(id);
    }
    return scatter
        .ask(
            byShard.keySet(),
            shard -> {
              Long[] wanted = byShard.getOrDefault(shard, List.of()).toArray(Long[]::new);
              return shard.read(BY_IDS, Tuple.of(wanted), consistency);
            })
        .map(answers -> merged(answers, Integer.MAX_VALUE));
  }

  /**
   * The users with an e-mail address, whatever its case, that come after an ID, in ID order over
   * all shards: one round trip to each shard.
   */
  public Future<Gathered<List<User>>> byEmail(
      String email, long afterId, int limit, Consistency consistency) {
    Tuple arguments = Tuple.of(email, afterId, limit);
    return scatter
        .ask(shards.all(), shard -> byEmail(shard, arguments, consistency))
        .map(answers -> merged(answers, limit));
  }

  // A replica that has not replayed the migration lacks the folding; the primary has it.
  private static Future<Served<List<User>>> byEmail(
      Shard shard, Tuple arguments, Consistency consistency) {
    return shard
        .read(BY_EMAIL, arguments, consistency)
        .recover(
            failure ->
                Failure.hasSqlState(failure, UNDEFINED_FUNCTION)
                    ? shard.read(BY_EMAIL, arguments, byPrimary(consistency))
                    : Future.failedFuture(failure));
  }

  private static Consistency byPrimary(Consistency asked) {
    boolean session = asked.level() == Level.SESSION || asked.level() == Level.STRONG;
    return new Consistency(Level.STRONG, 0, session ? asked.token() : ConsistencyToken.EMPTY);
  }

  /** The users after an ID, in ID order over all shards: one round trip to each shard. */
  public Future<Gathered<List<User>>> page(long afterId, int limit, Consistency consistency) {
    Tuple arguments = Tuple.of(afterId, limit);
    return scatter
        .ask(shards.all(), shard -> shard.read(PAGE, arguments, consistency))
        .map(answers -> merged(answers, limit));
  }

  /** The users of one shard after an ID, in ID order: one round trip. */
  public Future<List<User>> page(Shard shard, long afterId, int limit, Consistency consistency) {
    return shard.read(PAGE, Tuple.of(afterId, limit), consistency).map(Served::value);
  }

  private static Gathered<List<User>> merged(List<Served<List<User>>> parts, int limit) {
    List<User> users =
        parts.stream()
            .flatMap(part -> part.value().stream())
            .sorted(Comparator.comparingLong(User::id))
            .limit(limit)
            .toList();
    return new Gathered<>(users, parts);
  }

  private static ReadStatement<List<User>> users(String condition) {
    return ReadStatement.scan(SELECT + condition, UserRows::all);
  }
}
