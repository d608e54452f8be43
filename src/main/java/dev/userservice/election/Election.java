package dev.userservice.election;

import dev.userservice.election.vote.Candidacy;
import dev.userservice.election.vote.Version;
import dev.userservice.leader.LeaderTask;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/** Elects one leader among all processes of the service; this process's entry to it. */
@Singleton
public final class Election {

  private static final int AFTER_ALL_OTHERS = 4000;
  private static final int BEFORE_THE_DATABASES_GO = 1000;

  private final ElectionConfig config;
  private final ElectionLocks locks;
  private final Instance<LeaderTask> tasks;
  private final MeterRegistry registry;
  private final String version;
  private final AtomicBoolean hasLeft = new AtomicBoolean();
  private volatile @Nullable Participant participant;

  @Inject
  Election(
      ElectionConfig config,
      ElectionLocks locks,
      Instance<LeaderTask> tasks,
      MeterRegistry registry,
      @ConfigProperty(name = "quarkus.application.version") String version) {
    this.config = config;
    this.locks = locks;
    this.tasks = tasks;
    this.registry = registry;
    this.version = version;
  }

  /**
   * Enters the election. Called once, after the shards' servers were found; does not block.
   *
   * @param schema the newest schema version that this process knows
   */
  public void start(int schema) {
    Candidacy self = new Candidacy(Identity.of(config), new Version(schema, version));
    Participant entered =
        new Participant(
            self,
            config.preference(),
            locks.open(self.identity()),
            tasks.stream().toList(),
            registry);
    participant = entered;
    entered.start();
  }

  /** The leader, as this process last saw it. */
  public Optional<LeaderView> leader() {
    Participant entered = participant;
    return entered == null ? Optional.empty() : entered.leader();
  }

  String state() {
    Participant entered = participant;
    return entered == null ? "none" : entered.state();
  }

  /** Leaves before the process stops to serve, so that another one can lead at once. */
  void leave(@Observes @Priority(AFTER_ALL_OTHERS) ShutdownDelayInitiatedEvent event) {
    leave();
  }

  void stop(@Observes @Priority(BEFORE_THE_DATABASES_GO) ShutdownEvent event) {
    leave();
  }

  private void leave() {
    Participant entered = participant;
    if (entered != null && hasLeft.compareAndSet(false, true)) {
      entered.stop();
    }
  }
}
