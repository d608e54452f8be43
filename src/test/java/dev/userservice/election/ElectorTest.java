package dev.userservice.election;

import static org.assertj.core.api.Assertions.assertThat;

import dev.userservice.Simulation;
import dev.userservice.election.lock.ElectionClock;
import dev.userservice.election.lock.ElectionTiming;
import dev.userservice.election.preference.CandidateOrder;
import dev.userservice.election.preference.Preference;
import dev.userservice.election.preference.Roster;
import dev.userservice.election.vote.Candidacy;
import dev.userservice.election.vote.QuorumLock;
import dev.userservice.election.vote.SimulatedShard;
import dev.userservice.election.vote.Version;
import dev.userservice.election.vote.Voters;
import dev.userservice.leader.Term;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;

/** One or a few electors on a simulated network without faults of its own. */
final class ElectorTest {

  private static final long SECOND = Duration.ofSeconds(1).toNanos();
  private static final ElectionTiming TIMING = SimulatedElection.TIMING;

  private final Simulation simulation = Simulation.seeded();
  private final SimulatedNetwork network = new SimulatedNetwork(simulation, TIMING.callNanos());
  private final List<SimulatedShard> shards =
      IntStream.range(0, 3)
          .mapToObj(shard -> new SimulatedShard("shard-" + shard, true, new Verdict()))
          .toList();
  private final List<String> events = new ArrayList<>();

  @RepeatedTest(20)
  void freeLockIsTakenAtOnce() {
    candidate("a").start();
    simulation.runUntil(SECOND);
    assertThat(events).containsExactly("a leads 1");
  }

  @RepeatedTest(20)
  void oldestCandidateSucceedsTheLeader() {
    Elector leader = candidate("c");
    leader.start();
    simulation.runUntil(SECOND);
    candidate("b").start();
    simulation.runUntil(2 * SECOND);
    candidate("a").start();
    simulation.runUntil(4 * SECOND);
    leader.stop();
    simulation.runUntil(5 * SECOND);
    assertThat(events).containsExactly("c leads 1", "c ends 1", "b leads 2");
  }

  @RepeatedTest(20)
  void leaderYieldsToACandidateWithANewerSchema() {
    candidate("a").start();
    simulation.runUntil(SECOND);
    candidate("new", new Version(2, "2.0.0")).start();
    simulation.runUntil(4 * SECOND);
    assertThat(events).containsExactly("a leads 1", "a ends 1", "new leads 2");
  }

  @RepeatedTest(20)
  void leaderWithoutAMajorityStepsDownBeforeItsLeaseEnds() {
    candidate("a").start();
    simulation.runUntil(SECOND);
    long lastRenewal = simulation.now();
    shards.subList(1, 3).forEach(shard -> shard.down(true));
    simulation.runUntil(lastRenewal + TIMING.renewNanos());
    assertThat(events).containsExactly("a leads 1", "a ends 1");
    shards.subList(1, 2).forEach(shard -> shard.down(false));
    simulation.runUntil(simulation.now() + TIMING.leaseNanos() + 2 * SECOND);
    assertThat(events).containsExactly("a leads 1", "a ends 1", "a leads 2");
  }

  @RepeatedTest(20)
  void refusedStatementEndsTheTermOnce() {
    List<Term> terms = new ArrayList<>();
    Elector elector = candidate("a", terms);
    elector.start();
    simulation.runUntil(SECOND);
    elector.refused(terms.get(0), "refused");
    elector.refused(terms.get(0), "refused");
    simulation.runUntil(simulation.now() + SECOND / 10);
    assertThat(events).containsExactly("a leads 1", "a ends 1");
  }

  @RepeatedTest(20)
  void listenersReceiveNothingAfterTheStop() {
    Elector elector = candidate("a");
    elector.start();
    simulation.runUntil(SECOND);
    elector.stop();
    simulation.runUntil(20 * SECOND);
    assertThat(events).containsExactly("a leads 1", "a ends 1");
  }

  @RepeatedTest(20)
  void candidateThatStopsReleasesTheLock() {
    Elector leaving = candidate("a");
    leaving.start();
    simulation.after(SECOND / 100, leaving::stop);
    candidate("b").start();
    simulation.runUntil(2 * SECOND);
    assertThat(events).last().asString().startsWith("b leads");
  }

  private Elector candidate(String name) {
    return candidate(name, new Version(1, "1.0.0"), new ArrayList<>());
  }

  private Elector candidate(String name, Version version) {
    return candidate(name, version, new ArrayList<>());
  }

  private Elector candidate(String name, List<Term> terms) {
    return candidate(name, new Version(1, "1.0.0"), terms);
  }

  private Elector candidate(String name, Version version, List<Term> terms) {
    SimulatedProcess process = new SimulatedProcess(simulation, name, 1, 0);
    Candidacy self = new Candidacy(name, version);
    ElectionClock clock = new ElectionClock(TIMING, process.ticker(), process, simulation.source());
    Voters voters = SimulatedShard.voters(shards, shard -> network.link(process, shard), clock);
    CandidateOrder order = new CandidateOrder(Preference.OLDEST, self, clock);
    return new Elector(
        new QuorumLock(voters, name, clock),
        new Roster(voters, self, order),
        clock,
        List.of(new RecordingListener(name, terms)));
  }

  private final class RecordingListener implements ElectionListener {

    private final String name;
    private final List<Term> terms;

    RecordingListener(String name, List<Term> terms) {
      this.name = name;
      this.terms = terms;
    }

    @Override
    public void elected(Term term) {
      terms.add(term);
      events.add(name + " leads " + term.epoch());
    }

    @Override
    public void deposed(Term term, String why) {
      events.add(name + " ends " + term.epoch());
    }
  }
}
