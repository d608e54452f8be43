package dev.userservice.topology.kubernetes;

import dev.userservice.background.DaemonThreads;
import dev.userservice.background.FailureLog;
import dev.userservice.kubernetes.ApiException;
import dev.userservice.kubernetes.ApiWatch;
import dev.userservice.kubernetes.KubernetesApi;
import dev.userservice.time.Ticker;
import io.smallrye.faulttolerance.api.Guard;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Follows EndpointSlices until it is closed: lists them, watches for changes from there, and lists
 * again when the watch ends or after the resync time. The next list corrects whatever a watch can
 * miss: a half-open connection, a compacted history, an API server restored from a backup. Failures
 * are retried without end, with exponential back-off and jitter, and change nothing. Blocks only
 * its own thread.
 */
final class EndpointSliceWatch implements AutoCloseable {

  private static final Logger LOG = Logger.getLogger(EndpointSliceWatch.class);

  private static final Duration REQUEST_LIMIT = Duration.ofSeconds(10);

  private final KubernetesApi api;
  private final String slices;
  private final Consumer<Collection<JsonObject>> report;
  private final Duration resync;
  private final Ticker ticker;
  private final Thread thread = DaemonThreads.named("endpoint-slices").newThread(this::run);
  private final Map<String, JsonObject> present = new LinkedHashMap<>();
  private final FailureLog log = new FailureLog();
  private boolean following;
  private volatile boolean closed;
  private volatile @Nullable ApiException failure;

  /**
   * Does nothing before {@link #start}.
   *
   * @param slices the path of the slices to follow, with a query
   * @param report receives all slices whenever one has changed, always on the same thread
   */
  EndpointSliceWatch(
      KubernetesApi api,
      String slices,
      Consumer<Collection<JsonObject>> report,
      Duration resync,
      Ticker ticker) {
    this.api = api;
    this.slices = slices;
    this.report = report;
    this.resync = resync;
    this.ticker = ticker;
  }

  void start() {
    thread.start();
  }

  /** The failure of the last request to the API, or null if it succeeded. */
  @Nullable ApiException failure() {
    return failure;
  }

  @Override
  public void close() {
    closed = true;
    thread.interrupt();
  }

  private void run() {
    Guard retry =
        Guard.create()
            .withRetry()
            .maxRetries(-1)
            .maxDuration(0, ChronoUnit.SECONDS)
            .delay(500, ChronoUnit.MILLIS)
            .jitter(400, ChronoUnit.MILLIS)
            .whenException(each -> !closed)
            .withExponentialBackoff()
            .maxDelay(10, ChronoUnit.SECONDS)
            .done()
            .done()
            .build();
    try {
      while (!closed) {
        retry.call(this::followUntilResync, Boolean.class);
      }
    } catch (Exception stopped) {
      LOG.debug("The endpoint slices are followed no longer", stopped);
    }
  }

  private boolean followUntilResync() throws InterruptedException {
    following = false;
    try {
      JsonObject listed = api.get(slices, REQUEST_LIMIT);
      present.clear();
      for (Object each : listed.getJsonArray("items", new JsonArray())) {
        JsonObject slice = (JsonObject) each;
        present.put(SliceEvents.name(slice), slice);
      }
      report.accept(List.copyOf(present.values()));
      watch(listed.getJsonObject("metadata").getString("resourceVersion"));
      return true;
    } catch (RuntimeException failed) {
      failed(failed);
      throw failed;
    }
  }

  private void watch(String version) throws InterruptedException {
    long end = ticker.nanos() + jittered(resync.toNanos());
    SliceEvents events = new SliceEvents();
    ApiWatch watch = api.watch(slices + "&resourceVersion=" + version, REQUEST_LIMIT, events);
    try {
      while (events.applyNext(present, end - ticker.nanos(), TimeUnit.NANOSECONDS)) {
        if (!following) {
          succeeded();
        }
        report.accept(List.copyOf(present.values()));
      }
    } finally {
      watch.close();
    }
  }

  private void succeeded() {
    following = true;
    failure = null;
    if (log.succeeded()) {
      LOG.info("The Kubernetes API returns the endpoints again");
    }
  }

  // A watch ends regularly. Only a failure to begin the next one is logged.
  private void failed(RuntimeException failed) {
    if (following || closed) {
      LOG.debug("The watch of the endpoint slices ended", failed);
      return;
    }
    ApiException named = failed instanceof ApiException api ? api : ApiException.unanswered(failed);
    failure = named;
    if (log.failed(String.valueOf(named.getMessage()))) {
      LOG.warnf("The Kubernetes API does not return the endpoints: %s", named.getMessage());
    }
  }

  private static long jittered(long nanos) {
    return nanos + ThreadLocalRandom.current().nextLong(-nanos / 10, nanos / 10 + 1);
  }
}
