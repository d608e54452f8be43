package dev.userservice.routing.stork;

import dev.userservice.routing.strategy.Candidate;
import dev.userservice.time.Ticker;
import io.smallrye.stork.api.Metadata;
import io.smallrye.stork.api.MetadataKey;
import io.smallrye.stork.api.ServiceInstance;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The instance that was chosen for a call; reports the outcome of the call to its candidate.
 * Clients report a reply, an end, or both; the first of them ends the call.
 */
final class StorkCall implements ServiceInstance {

  private final ServiceInstance instance;
  private final Candidate candidate;
  private final Ticker ticker;
  private final AtomicBoolean underWay = new AtomicBoolean();
  private volatile boolean started;
  private volatile long startedAt;

  StorkCall(ServiceInstance instance, Candidate candidate, Ticker ticker) {
    this.instance = instance;
    this.candidate = candidate;
    this.ticker = ticker;
  }

  @Override
  public boolean gatherStatistics() {
    return true;
  }

  @Override
  public void recordStart(boolean measureTime) {
    if (underWay.compareAndSet(false, true)) {
      startedAt = ticker.nanos();
      started = true;
      candidate.sent(startedAt);
    }
  }

  @Override
  public void recordReply() {
    if (underWay.compareAndSet(true, false)) {
      long now = ticker.nanos();
      candidate.replied(now, now - startedAt);
    }
  }

  @Override
  public void recordEnd(@Nullable Throwable failure) {
    if (!started) {
      return;
    }
    boolean open = underWay.compareAndSet(true, false);
    long now = ticker.nanos();
    if (open && failure == null) {
      candidate.finished(now);
    } else if (open) {
      candidate.failed(now, now - startedAt);
    } else if (failure == null) {
      candidate.succeeded();
    } else {
      candidate.failedAfterReply(now, now - startedAt);
    }
  }

  @Override
  public long getId() {
    return instance.getId();
  }

  @Override
  public String getHost() {
    return instance.getHost();
  }

  @Override
  public int getPort() {
    return instance.getPort();
  }

  @Override
  public Optional<String> getPath() {
    return instance.getPath();
  }

  @Override
  public boolean isSecure() {
    return instance.isSecure();
  }

  @Override
  public Metadata<? extends MetadataKey> getMetadata() {
    return instance.getMetadata();
  }

  @Override
  public Map<String, String> getLabels() {
    return instance.getLabels();
  }
}
