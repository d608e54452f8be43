package dev.userservice.election;

import static org.assertj.core.api.Assertions.assertThat;

import dev.userservice.election.lock.LockKind;
import dev.userservice.election.lock.LockState;
import dev.userservice.leader.Term;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who leads by what a process has seen. */
final class ElectionReportTest {

  private static final Instant SINCE = Instant.parse("2026-01-01T00:00:00Z");

  private final List<String> events = new ArrayList<>();
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final ElectionReport report =
      new ElectionReport("self", LockKind.QUORUM, events::add, registry);
  private long now;

  @Test
  void nobodyLeadsBeforeTheFirstObservation() {
    assertThat(report.leader()).isEmpty();
    assertThat(gauge("users.election.leader")).isZero();
  }

  @Test
  void holderOfTheLockIsTheLeader() {
    report.observed(new LockState("other", 4, SINCE, 100));
    assertThat(report.leader()).contains(new LeaderView("other", 4, SINCE, "quorum", false));
    assertThat(gauge("users.election.epoch")).isEqualTo(4);
  }

  @Test
  void ownTermIsReportedWhileItIsActive() {
    report.elected(new Term(5, 100, () -> now));
    assertThat(report.leader()).hasValueSatisfying(view -> assertThat(view.self()).isTrue());
    assertThat(gauge("users.election.leader")).isOne();
    now = 100;
    assertThat(report.leader()).isEmpty();
    assertThat(gauge("users.election.leader")).isZero();
  }

  @Test
  void ownNameInTheLockWithoutATermIsNoLeader() {
    report.observed(new LockState("self", 5, SINCE, 100));
    assertThat(report.leader()).isEmpty();
  }

  @Test
  void onlyOwnChangesAreEventsAndCounted() {
    report.observed(new LockState("other", 4, SINCE, 100));
    Term term = new Term(5, 100, () -> now);
    report.elected(term);
    report.deposed(term, "it stops");
    assertThat(events)
        .containsExactly("self leads, epoch 5", "self leads no longer, epoch 5: it stops");
    assertThat(registry.get("users.election.transitions").counter().count()).isEqualTo(2);
  }

  private double gauge(String name) {
    return registry.get(name).gauge().value();
  }
}
