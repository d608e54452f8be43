package dev.userservice.election;

import dev.userservice.election.lock.ElectionClock;
import dev.userservice.election.lock.ElectionLock;
import dev.userservice.election.lock.ElectionTiming;
import dev.userservice.election.preference.CandidateOrder;
import dev.userservice.election.preference.Preference;
import dev.userservice.election.preference.Roster;
import dev.userservice.election.vote.Candidacy;
import dev.userservice.election.vote.SimulatedShard;
import dev.userservice.election.vote.Version;
import dev.userservice.election.vote.Voters;
import dev.userservice.leader.Term;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** One candidate; while it believes that it leads, it sends statements to the shards. */
final class SimulatedCandidate implements ElectionListener {

  private final SimulatedProcess process;
  private final SimulatedNetwork network;
  private final List<SimulatedShard> shards;
  private final SplittableRandom random;
  private final Elector elector;
  private @Nullable Term term;

  SimulatedCandidate(
      SimulatedProcess process,
      SimulatedNetwork network,
      List<SimulatedShard> shards,
      ElectionTiming timing,
      Preference preference,
      SplittableRandom random,
      BiFunction<Voters, ElectionClock, ElectionLock> lock) {
    this.process = process;
    this.network = network;
    this.shards = shards;
    this.random = random;
    Candidacy self = new Candidacy(process.name(), new Version(1, "1.0.0"));
    ElectionClock clock = new ElectionClock(timing, process.ticker(), process, random.split());
    Voters voters = SimulatedShard.voters(shards, shard -> network.link(process, shard), clock);
    CandidateOrder order = new CandidateOrder(preference, self, clock);
    this.elector =
        new Elector(
            lock.apply(voters, clock), new Roster(voters, self, order), clock, List.of(this));
  }

  void start() {
    elector.start();
  }

  void stop() {
    elector.stop();
  }

  SimulatedProcess process() {
    return process;
  }

  boolean leads() {
    Term leading = term;
    return process.running() && leading != null && leading.active();
  }

  @Override
  public void elected(Term won) {
    if (term != null) {
      throw new AssertionError("elected twice");
    }
    term = won;
    act(won);
  }

  @Override
  public void deposed(Term lost, String why) {
    if (term != lost) {
      throw new AssertionError("deposed from what it had not");
    }
    term = null;
  }

  private void act(Term leading) {
    if (term != leading) {
      return;
    }
    SimulatedShard shard = shards.get(random.nextInt(shards.size()));
    network
        .call(process, shard, () -> shard.execute(leading.epoch(), process.name()))
        .thenAccept(
            accepted -> {
              if (!accepted) {
                elector.refused(leading, shard.name() + " has seen a newer epoch");
              }
            });
    process.after(random.nextLong(10_000_000, 300_000_000), () -> act(leading));
  }
}
