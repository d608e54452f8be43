package dev.userservice.election;

import dev.userservice.election.lock.LockKind;
import dev.userservice.election.lock.LockState;
import dev.userservice.leader.Term;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Reports the election: a log line and an event for each change, metrics, and the present leader.
 */
final class ElectionReport implements ElectionListener {

  private static final Logger LOG = Logger.getLogger(ElectionReport.class);

  private final String self;
  private final LockKind lock;
  private final Consumer<String> event;
  private final ElectionMetrics metrics;
  private volatile @Nullable LockState seen;
  private volatile @Nullable Term term;
  private volatile @Nullable Instant since;

  /**
   * Reports nothing before the first change.
   *
   * @param event receives a sentence for each change of this process's own role; must not block
   */
  ElectionReport(String self, LockKind lock, Consumer<String> event, MeterRegistry registry) {
    this.self = self;
    this.lock = lock;
    this.event = event;
    this.metrics = new ElectionMetrics(registry, this::leads, this::epoch);
  }

  @Override
  public void elected(Term won) {
    since = Instant.now();
    term = won;
    seen = null;
    changed("%s leads, epoch %d".formatted(self, won.epoch()));
  }

  @Override
  public void deposed(Term lost, String why) {
    term = null;
    changed("%s leads no longer, epoch %d: %s".formatted(self, lost.epoch(), why));
  }

  @Override
  public void superseded(Term lost, long newestEpoch) {
    LOG.warnf(
        "The databases refuse epoch %d: epoch %d was granted since", lost.epoch(), newestEpoch);
  }

  @Override
  public void renewed(long nanos) {
    metrics.renewed(nanos);
  }

  @Override
  public void observed(LockState state) {
    LockState before = seen;
    seen = state;
    String holder = state.holder();
    if (holder != null
        && (before == null || !holder.equals(before.holder()) || state.epoch() != before.epoch())) {
      LOG.infof("%s leads, epoch %d", holder, state.epoch());
    }
  }

  /** The leader, if one is known. */
  Optional<LeaderView> leader() {
    Term own = term;
    if (own != null && own.active()) {
      return Optional.of(new LeaderView(self, own.epoch(), since, lock.label(), true));
    }
    LockState state = seen;
    String holder = state == null ? null : state.holder();
    return holder == null || holder.equals(self)
        ? Optional.empty()
        : Optional.of(
            new LeaderView(
                holder, Objects.requireNonNull(state).epoch(), state.since(), lock.label(), false));
  }

  private boolean leads() {
    Term own = term;
    return own != null && own.active();
  }

  private long epoch() {
    LockState state = seen;
    Term own = term;
    long shown = state == null ? 0 : state.epoch();
    return own == null ? shown : Math.max(own.epoch(), shown);
  }

  private void changed(String what) {
    LOG.info(what);
    metrics.changed();
    event.accept(what);
  }
}
