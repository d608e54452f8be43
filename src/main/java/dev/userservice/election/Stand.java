package dev.userservice.election;

import dev.userservice.election.lock.ElectionThread;
import dev.userservice.election.lock.ElectionTiming;
import dev.userservice.election.lock.LockKind;
import dev.userservice.election.preference.CandidateOrder;
import dev.userservice.election.preference.Roster;
import dev.userservice.election.vote.Candidacy;
import dev.userservice.election.vote.DatabaseVoter;
import dev.userservice.election.vote.Voters;
import dev.userservice.leader.LeaderTask;
import dev.userservice.leader.Term;
import dev.userservice.replication.ReplicationGroup;
import dev.userservice.time.Ticker;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/** One process standing for leader, with all that takes, and what it does while it leads. */
final class Stand {

  private static final Logger LOG = Logger.getLogger(Stand.class);

  private final ElectionThread loop = new ElectionThread();
  private final ElectionTiming timing;
  private final List<DatabaseVoter> voters;
  private final Backend backend;
  private final ElectionReport report;
  private final LeaderTasks tasks;
  private final Elector elector;

  /**
   * Connects nothing yet.
   *
   * @param kubernetes asked for its client only if the Lease is the lock
   */
  Stand(
      ElectionConfig config,
      LockKind kind,
      Candidacy self,
      List<ReplicationGroup> groups,
      Supplier<KubernetesClient> kubernetes,
      List<LeaderTask> tasks,
      Ticker ticker,
      MeterRegistry registry) {
    String name = self.identity();
    timing = ElectionConfig.timing(config);
    Duration silence = Duration.ofNanos(timing.callNanos());
    voters = groups.stream().map(group -> new DatabaseVoter(group, loop, silence)).toList();
    Voters quorum = new Voters(voters, loop, ticker, timing.callNanos());
    backend =
        kind == LockKind.QUORUM
            ? Backend.quorum(quorum, name, timing, ticker)
            : Backend.lease(
                config.kubernetes(), kubernetes.get(), quorum, name, timing, ticker, loop);
    report = new ElectionReport(name, kind, backend.changes(), registry);
    CandidateOrder order =
        new CandidateOrder(config.preference(), self, timing, ticker, new SplittableRandom());
    this.tasks = new LeaderTasks(tasks, this::refused);
    elector =
        new Elector(
            backend.lock(),
            new Roster(quorum, self, order),
            timing,
            loop,
            ticker,
            new SplittableRandom(),
            List.of(report, this.tasks));
  }

  void start() {
    elector.start();
  }

  Optional<LeaderView> leader() {
    return report.leader();
  }

  String state() {
    return elector.state().name().toLowerCase(Locale.ROOT);
  }

  /** Gives up what it has, so that somebody else can lead at once. Blocks for a short time. */
  void stop() {
    try {
      elector.stop().toCompletableFuture().get(2 * timing.callNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException | ExecutionException left) {
      LOG.debug("The leadership was not given back; it runs out", left);
    } catch (InterruptedException hurried) {
      Thread.currentThread().interrupt();
    }
    backend.close().run();
    voters.forEach(DatabaseVoter::close);
    loop.close();
  }

  private void refused(Term term, String why) {
    elector.refused(term, why);
  }
}
