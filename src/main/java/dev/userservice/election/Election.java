package dev.userservice.election;

import dev.userservice.election.lock.LockKind;
import dev.userservice.election.vote.Candidacy;
import dev.userservice.election.vote.Version;
import dev.userservice.kubernetes.KubernetesApi;
import dev.userservice.leader.LeaderTask;
import dev.userservice.replication.ReplicationGroups;
import dev.userservice.time.Ticker;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/** This process's part in the election of one leader among all of them. */
@Singleton
public final class Election {

  private static final int AFTER_ALL_OTHERS = 4000;
  private static final int BEFORE_THE_DATABASES_GO = 1000;

  private final ElectionConfig config;
  private final ReplicationGroups groups;
  private final Supplier<List<LeaderTask>> tasks;
  private final Supplier<KubernetesClient> kubernetes;
  private final Ticker ticker;
  private final MeterRegistry registry;
  private final String version;
  private final AtomicBoolean left = new AtomicBoolean();
  private volatile @Nullable Stand stand;

  @Inject
  Election(
      ElectionConfig config,
      ReplicationGroups groups,
      Instance<LeaderTask> tasks,
      Instance<KubernetesClient> kubernetes,
      Ticker ticker,
      MeterRegistry registry,
      @ConfigProperty(name = "quarkus.application.version") String version) {
    this.config = config;
    this.groups = groups;
    this.tasks = () -> tasks.stream().toList();
    this.kubernetes = kubernetes::get;
    this.ticker = ticker;
    this.registry = registry;
    this.version = version;
  }

  /**
   * Begins to stand for leader. Called once, after the shards' servers were found; does not block.
   *
   * @param schema the newest schema version that this process knows
   */
  public void start(int schema) {
    Stand opened =
        new Stand(
            config,
            lock(),
            new Candidacy(Identity.of(config), new Version(schema, version)),
            groups.all(),
            kubernetes,
            tasks.get(),
            ticker,
            registry);
    stand = opened;
    opened.start();
  }

  /** Who leads, as this process last saw it. */
  public Optional<LeaderView> leader() {
    Stand opened = stand;
    return opened == null ? Optional.empty() : opened.leader();
  }

  String state() {
    Stand opened = stand;
    return opened == null ? "none" : opened.state();
  }

  /** While the process still serves on: nobody need wait for that to lead. */
  void leave(@Observes @Priority(AFTER_ALL_OTHERS) ShutdownDelayInitiatedEvent event) {
    leave();
  }

  void stop(@Observes @Priority(BEFORE_THE_DATABASES_GO) ShutdownEvent event) {
    leave();
  }

  private void leave() {
    Stand opened = stand;
    if (opened != null && left.compareAndSet(false, true)) {
      opened.stop();
    }
  }

  private LockKind lock() {
    return config.lock().orElse(KubernetesApi.inPod() ? LockKind.KUBERNETES : LockKind.QUORUM);
  }
}
