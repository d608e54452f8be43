package dev.userservice.sharding.map;

import dev.userservice.http.ProblemException;
import dev.userservice.http.ProblemType;
import dev.userservice.replication.ProbeQuestion;
import dev.userservice.replication.ReplicationGroup;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The newest shard map that this process knows. A process learns a newer map from the epoch that
 * every probe of a server brings, and at once from a shard that refuses a write or misses a user.
 * Of two maps, the one with the higher epoch is right; a map of another cluster, or one that names
 * a shard that is not configured, is not taken.
 *
 * <p>Reading the map costs a volatile read. Thread-safe.
 */
@Singleton
public final class CurrentShardMap {

  private static final Logger LOG = Logger.getLogger(CurrentShardMap.class);

  private static final long DEADLINE_MILLIS = 1000;
  private static final String EPOCH = "(SELECT epoch FROM shard_identity)";

  private record Version(ShardMap map, CompletableFuture<ShardMap> next) {}

  private final ShardMapStore store;
  private final Map<ReplicationGroup, Future<ShardMap>> underWay = new ConcurrentHashMap<>();
  private volatile @Nullable Version version;
  private volatile int shards;

  CurrentShardMap(ShardMapStore store) {
    this.store = store;
  }

  /** Reads the map of shards that are migrated, and follows its changes from now on. Blocks. */
  public void open(List<ReplicationGroup> groups) {
    shards = groups.size();
    version = new Version(store.loadOrCreate(groups), new CompletableFuture<>());
    groups.forEach(
        group -> group.probeAlso(new ProbeQuestion(EPOCH, epoch -> announced(group, epoch))));
  }

  /**
   * The map.
   *
   * @throws ProblemException 503 if the shards are not open yet
   */
  public ShardMap get() {
    return current().map();
  }

  /**
   * Reads the copy of the map on a shard's primary, in one round trip, and takes it if it is newer.
   * Calls that come while one is under way share its answer, which takes one second at most.
   *
   * @return the newest map that is known then; never fails
   */
  public Future<ShardMap> readFrom(ReplicationGroup group) {
    Promise<ShardMap> promise = Promise.promise();
    Future<ShardMap> other = underWay.putIfAbsent(group, promise.future());
    if (other != null) {
      return other;
    }
    Future.fromCompletionStage(group.nextPrimary())
        .compose(
            primary -> primary.reads().execute(StoredShardMap.NEWER_THAN, Tuple.of(get().epoch())))
        .timeout(DEADLINE_MILLIS, TimeUnit.MILLISECONDS)
        .map(StoredShardMap::first)
        .onComplete(
            read -> {
              underWay.remove(group);
              if (read.succeeded()) {
                read.result().ifPresent(this::take);
              } else {
                LOG.debugf(read.cause(), "The map of shard %d cannot be read", group.shard());
              }
              promise.complete(get());
            });
    return promise.future();
  }

  /** The same for a thread that may block. */
  public ShardMap refresh(ReplicationGroup group) {
    await(readFrom(group).toCompletionStage().toCompletableFuture(), DEADLINE_MILLIS);
    return get();
  }

  /** Waits until a newer map than that of the given epoch is known, or the time is over. Blocks. */
  public void awaitNewer(long epoch, long millis) {
    Version known = current();
    if (known.map().epoch() <= epoch) {
      await(known.next(), millis);
    }
  }

  private static void await(CompletableFuture<ShardMap> event, long millis) {
    try {
      event.get(millis, TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException none) {
      LOG.trace("No newer shard map was learned in time", none);
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
  }

  private Version current() {
    Version known = version;
    if (known == null) {
      throw new ProblemException(
          ProblemType.UNAVAILABLE, "The service is starting; nothing was changed.");
    }
    return known;
  }

  private void announced(ReplicationGroup group, long epoch) {
    if (epoch > get().epoch()) {
      var unused = readFrom(group);
    }
  }

  private synchronized void take(StoredShardMap stored) {
    Version known = current();
    ShardMap newer = stored.map();
    if (newer.epoch() <= known.map().epoch()) {
      return;
    }
    Optional<String> objection = newer.objectionAfter(known.map(), shards);
    if (objection.isPresent()) {
      LOG.errorf(
          "The shard map of epoch %d on shard %d is not used: %s",
          newer.epoch(), stored.shard(), objection.get());
      return;
    }
    version = new Version(newer, new CompletableFuture<>());
    LOG.infof("Learned the shard map of epoch %d from shard %d", newer.epoch(), stored.shard());
    known.next().complete(newer);
  }
}
