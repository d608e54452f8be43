package dev.userservice.election.lease;

import dev.userservice.election.lock.CallThread;
import dev.userservice.election.lock.ElectionLoop;
import dev.userservice.kubernetes.ApiException;
import dev.userservice.kubernetes.ApiWatch;
import dev.userservice.kubernetes.KubernetesApi;
import dev.userservice.kubernetes.WatchListener;
import io.vertx.core.json.JsonObject;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * A Lease of the Kubernetes API ({@code coordination.k8s.io/v1}), written by compare-and-set of its
 * resource version. Metadata that others have set are kept. A watch reports changes early; if it
 * fails, the Lease is only read more rarely.
 */
public final class KubernetesLeases implements LeaseStore, AutoCloseable {

  private static final Logger LOG = Logger.getLogger(KubernetesLeases.class);

  /** The annotation that shows the epoch. */
  public static final String EPOCH = "user-service.dev/epoch";

  private static final Duration WATCH_OPENS_WITHIN = Duration.ofSeconds(5);

  private final KubernetesApi api;
  private final String collection;
  private final String name;
  private final Duration limit;
  private final CallThread thread;
  private @Nullable JsonObject last;
  private volatile Runnable hint = () -> {};
  private @Nullable ApiWatch watch;
  private @Nullable Hints hints;

  /**
   * A Lease that exists or not.
   *
   * @param limit of a request to the API
   */
  public KubernetesLeases(
      KubernetesApi api, String namespace, String name, Duration limit, ElectionLoop loop) {
    this.api = api;
    this.collection = "/apis/coordination.k8s.io/v1/namespaces/" + namespace + "/leases";
    this.name = name;
    this.limit = limit;
    this.thread = new CallThread("election-lease", loop);
  }

  @Override
  public CompletionStage<LeaseRecord> read() {
    return thread.call(
        () -> {
          last = present();
          watchAgain();
          return last == null ? LeaseRecord.ABSENT : record(last);
        });
  }

  @Override
  public CompletionStage<Optional<LeaseRecord>> write(LeaseRecord next) {
    return thread.call(
        () -> {
          if (next.version() != null && last == null) {
            return Optional.empty();
          }
          try {
            last = next.version() == null ? create(next) : replace(next);
            return Optional.of(record(last));
          } catch (ApiException refusal) {
            if (refusal.status() == HttpURLConnection.HTTP_CONFLICT
                || refusal.status() == HttpURLConnection.HTTP_NOT_FOUND) {
              return Optional.empty();
            }
            throw refusal;
          }
        });
  }

  @Override
  public void onChange(Runnable listener) {
    hint = listener;
  }

  @Override
  public void close() {
    thread.end(this::endWatch);
  }

  private @Nullable JsonObject present() {
    try {
      return api.get(collection + "/" + name, limit);
    } catch (ApiException refusal) {
      if (refusal.status() == HttpURLConnection.HTTP_NOT_FOUND) {
        return null;
      }
      throw refusal;
    }
  }

  private JsonObject create(LeaseRecord next) {
    JsonObject made =
        new JsonObject()
            .put("apiVersion", "coordination.k8s.io/v1")
            .put("kind", "Lease")
            .put("metadata", new JsonObject().put("name", name));
    return api.create(collection, filled(made, next), limit);
  }

  private JsonObject replace(LeaseRecord next) {
    JsonObject made = filled(Objects.requireNonNull(last).copy(), next);
    // Another call may have read a newer Lease.
    made.getJsonObject("metadata").put("resourceVersion", next.version());
    return api.replace(collection + "/" + name, made, limit);
  }

  private static JsonObject filled(JsonObject lease, LeaseRecord next) {
    JsonObject spec =
        new JsonObject()
            .put(
                "leaseDurationSeconds",
                Math.max(1, Math.toIntExact((next.leaseMillis() + 999) / 1000)))
            .put("leaseTransitions", next.transitions())
            .put("renewTime", MicroTime.of(Instant.now()));
    if (next.holder() != null) {
      spec.put("holderIdentity", next.holder());
    }
    if (next.acquiredAt() != null) {
      spec.put("acquireTime", MicroTime.of(next.acquiredAt()));
    }
    JsonObject metadata = lease.getJsonObject("metadata");
    metadata.put(
        "annotations",
        metadata
            .getJsonObject("annotations", new JsonObject())
            .put(EPOCH, Long.toString(next.epoch())));
    return lease.put("spec", spec);
  }

  private static LeaseRecord record(JsonObject lease) {
    JsonObject spec = lease.getJsonObject("spec", new JsonObject());
    String acquired = spec.getString("acquireTime");
    String holder = spec.getString("holderIdentity");
    return new LeaseRecord(
        lease.getJsonObject("metadata").getString("resourceVersion"),
        holder == null || holder.isEmpty() ? null : holder,
        1000L * spec.getInteger("leaseDurationSeconds", 0),
        epoch(lease),
        spec.getInteger("leaseTransitions", 0),
        acquired == null ? null : Instant.parse(acquired));
  }

  // A wrong number is harmless: a majority of the databases grants epochs.
  private static long epoch(JsonObject lease) {
    JsonObject annotations = lease.getJsonObject("metadata").getJsonObject("annotations");
    String shown = annotations == null ? null : annotations.getString(EPOCH);
    return shown != null && shown.matches("\\d{1,18}") ? Long.parseLong(shown) : 0;
  }

  // Does not block: to open a watch may take longer than a renewal can wait.
  private void watchAgain() {
    if (hints != null && !hints.ended) {
      return;
    }
    hints = new Hints();
    watch =
        api.watch(collection + "?fieldSelector=metadata.name%3D" + name, WATCH_OPENS_WITHIN, hints);
  }

  private void endWatch() {
    if (watch != null) {
      watch.close();
    }
  }

  private final class Hints implements WatchListener {

    private volatile boolean ended;

    @Override
    public void changed(String type, JsonObject lease) {
      if (type.equals("DELETED") || record(lease).holder() == null) {
        hint.run();
      }
    }

    @Override
    public void ended(ApiException why) {
      LOG.debug("The Lease is not watched, only read", why);
      ended = true;
    }
  }
}
