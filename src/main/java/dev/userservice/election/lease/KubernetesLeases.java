package dev.userservice.election.lease;

import dev.userservice.election.lock.CallThread;
import dev.userservice.election.lock.ElectionLoop;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseSpec;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Map;
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

  private final KubernetesClient client;
  private final String namespace;
  private final String name;
  private final ElectionLoop loop;
  private final CallThread thread;
  private final CallThread watches;
  private @Nullable Lease last;
  private volatile Runnable hint = () -> {};
  private @Nullable Watch watch;
  private @Nullable Hints hints;

  /**
   * A Lease that exists or not.
   *
   * @param client must bound the time of each request
   */
  public KubernetesLeases(
      KubernetesClient client, String namespace, String name, ElectionLoop loop) {
    this.client = client;
    this.namespace = namespace;
    this.name = name;
    this.loop = loop;
    this.thread = new CallThread("election-lease", loop);
    // A thread of its own: the client bounds the time of a request, but not of opening a watch.
    this.watches = new CallThread("election-watch", loop);
  }

  @Override
  public CompletionStage<LeaseRecord> read() {
    return thread.call(
        () -> {
          last = client.leases().inNamespace(namespace).withName(name).get();
          watches.execute(this::watchAgain);
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
          } catch (KubernetesClientException refusal) {
            if (refusal.getCode() == HttpURLConnection.HTTP_CONFLICT
                || refusal.getCode() == HttpURLConnection.HTTP_NOT_FOUND) {
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
    thread.close();
    watches.end(this::endWatch);
  }

  private Lease create(LeaseRecord next) {
    Lease made = new LeaseBuilder().withNewMetadata().withName(name).endMetadata().build();
    return client.leases().inNamespace(namespace).resource(filled(made, next)).create();
  }

  private Lease replace(LeaseRecord next) {
    Lease made = filled(Objects.requireNonNull(last), next);
    return client.leases().inNamespace(namespace).resource(made).update();
  }

  // The client sends an update once, with the version in the object itself. It must be set here,
  // since another call may have read a newer Lease.
  private static Lease filled(Lease present, LeaseRecord next) {
    LeaseSpec spec = new LeaseSpec();
    spec.setHolderIdentity(next.holder());
    spec.setLeaseDurationSeconds(Math.max(1, Math.toIntExact((next.leaseMillis() + 999) / 1000)));
    spec.setLeaseTransitions(next.transitions());
    spec.setRenewTime(ZonedDateTime.now(ZoneOffset.UTC));
    Instant acquiredAt = next.acquiredAt();
    spec.setAcquireTime(acquiredAt == null ? null : acquiredAt.atZone(ZoneOffset.UTC));
    return new LeaseBuilder(present)
        .withSpec(spec)
        .editMetadata()
        .withResourceVersion(next.version())
        .addToAnnotations(EPOCH, Long.toString(next.epoch()))
        .endMetadata()
        .build();
  }

  private static LeaseRecord record(Lease lease) {
    LeaseSpec spec = Objects.requireNonNullElseGet(lease.getSpec(), LeaseSpec::new);
    ZonedDateTime acquired = spec.getAcquireTime();
    String holder = spec.getHolderIdentity();
    return new LeaseRecord(
        lease.getMetadata().getResourceVersion(),
        holder == null || holder.isEmpty() ? null : holder,
        1000L * Objects.requireNonNullElse(spec.getLeaseDurationSeconds(), 0),
        epoch(lease),
        Objects.requireNonNullElse(spec.getLeaseTransitions(), 0),
        acquired == null ? null : acquired.toInstant());
  }

  // A wrong number is harmless: a majority of the databases grants epochs.
  private static long epoch(Lease lease) {
    Map<String, String> annotations = lease.getMetadata().getAnnotations();
    String shown = annotations == null ? null : annotations.get(EPOCH);
    return shown != null && shown.matches("\\d{1,18}") ? Long.parseLong(shown) : 0;
  }

  private void watchAgain() {
    if (hints != null && !hints.ended) {
      return;
    }
    Hints next = new Hints(Thread.currentThread());
    loop.after(WATCH_OPENS_WITHIN.toNanos(), next::interrupt);
    try {
      watch = client.leases().inNamespace(namespace).withName(name).watch(next);
      hints = next;
    } catch (KubernetesClientException refusal) {
      LOG.debug("The Lease is not watched, only read", refusal);
    } finally {
      next.opened();
    }
  }

  private void endWatch() {
    if (watch != null) {
      watch.close();
    }
  }

  private final class Hints implements Watcher<Lease> {

    private final Thread opener;
    private boolean opening = true;
    private volatile boolean ended;

    Hints(Thread opener) {
      this.opener = opener;
    }

    synchronized void interrupt() {
      if (opening) {
        opener.interrupt();
      }
    }

    // An interrupt that was meant for this watch must not reach the next one.
    synchronized void opened() {
      opening = false;
      if (Thread.interrupted()) {
        LOG.debug("The API server did not answer a watch of the Lease in time");
      }
    }

    @Override
    public void eventReceived(Action action, Lease changed) {
      if (action == Action.DELETED || record(changed).holder() == null) {
        hint.run();
      }
    }

    @Override
    public void onClose(WatcherException cause) {
      ended = true;
    }
  }
}
