package dev.userservice.election;

import dev.userservice.election.preference.CandidateOrder;
import dev.userservice.election.preference.Preference;
import dev.userservice.election.preference.Roster;
import dev.userservice.election.vote.Candidacy;
import dev.userservice.label.Labels;
import dev.userservice.leader.LeaderTask;
import dev.userservice.leader.Term;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;

/** This process in the election, and its tasks while it leads. */
final class Participant {

  private static final Logger LOG = Logger.getLogger(Participant.class);

  private final OpenedLock opened;
  private final ElectionReport report;
  private final Elector elector;

  /** Takes no part before {@link #start}. */
  Participant(
      Candidacy self,
      Preference preference,
      OpenedLock opened,
      List<LeaderTask> tasks,
      MeterRegistry registry) {
    this.opened = opened;
    this.report =
        new ElectionReport(self.identity(), opened.lock().kind(), opened.events(), registry);
    CandidateOrder order = new CandidateOrder(preference, self, opened.clock());
    this.elector =
        new Elector(
            opened.lock(),
            new Roster(opened.voters(), self, order),
            opened.clock(),
            List.of(report, new LeaderTasks(tasks, this::refused)));
  }

  void start() {
    elector.start();
  }

  Optional<LeaderView> leader() {
    return report.leader();
  }

  String state() {
    return Labels.of(elector.state());
  }

  /** Releases the lock, so that another process can lead at once. Blocks for a short time. */
  void stop() {
    long bound = 2 * opened.clock().timing().callNanos();
    try {
      elector.stop().toCompletableFuture().get(bound, TimeUnit.NANOSECONDS);
    } catch (TimeoutException | ExecutionException unanswered) {
      LOG.debug("The lock was not released; its lease runs out", unanswered);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    opened.close();
  }

  private void refused(Term term, String why) {
    elector.refused(term, why);
  }
}
