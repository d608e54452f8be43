package dev.userservice.election;

import dev.userservice.Simulation;
import dev.userservice.election.lease.LeaseLock;
import dev.userservice.election.lease.SimulatedLease;
import dev.userservice.election.lock.ElectionClock;
import dev.userservice.election.lock.ElectionLock;
import dev.userservice.election.lock.ElectionTiming;
import dev.userservice.election.preference.Preference;
import dev.userservice.election.vote.QuorumLock;
import dev.userservice.election.vote.SimulatedShard;
import dev.userservice.election.vote.Voters;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Runs three to seven candidates for twenty seconds of faults and some time after, by a seed. */
final class SimulatedElection {

  /** What decides who leads, and whether that is done right. */
  enum Kind {
    QUORUM,
    LEASE,
    /** Broken: the shards take any epoch's statements. */
    QUORUM_WITHOUT_FENCE,
    /**
     * Broken: a lease ends when its holder's wall clock plus its duration has passed by the
     * reader's wall clock.
     */
    LEASE_BY_WALL_CLOCK;

    boolean fences() {
      return this != QUORUM_WITHOUT_FENCE;
    }
  }

  static final ElectionTiming TIMING =
      new ElectionTiming(seconds(3), seconds(2), Duration.ofMillis(500).toNanos());

  private static final long FAULTS_END = seconds(20);
  private static final long RECOVERED = FAULTS_END + TIMING.leaseNanos() + seconds(6);
  private static final long END = RECOVERED + seconds(1);
  private static final double HOUR = 3.6e12;

  private final Kind kind;
  private final Simulation simulation;
  private final SplittableRandom random;
  private final Verdict verdict = new Verdict();
  private final SimulatedNetwork network;
  private final SimulatedLease lease = new SimulatedLease();
  private final List<SimulatedShard> shards;
  private final List<SimulatedStore> stores = new ArrayList<>();
  private final List<SimulatedCandidate> candidates = new ArrayList<>();
  private final Preference preference;
  private int lives;

  private SimulatedElection(long seed, Kind kind) {
    this.kind = kind;
    this.simulation = new Simulation(seed);
    this.random = simulation.source();
    this.network = new SimulatedNetwork(simulation, TIMING.callNanos());
    this.shards =
        IntStream.range(0, random.nextInt(1, 6))
            .mapToObj(shard -> new SimulatedShard("shard-" + shard, kind.fences(), verdict))
            .toList();
    stores.add(lease);
    stores.addAll(shards);
    this.preference = List.of(Preference.values()).get(random.nextInt(Preference.values().length));
    int count = random.nextInt(3, 8);
    for (int candidate = 0; candidate < count; candidate++) {
      candidates.add(candidate());
    }
  }

  /** Plays the seed to its end. */
  static Verdict play(long seed, Kind kind) {
    SimulatedElection election = new SimulatedElection(seed, kind);
    election.run();
    return election.verdict;
  }

  private void run() {
    candidates.forEach(
        candidate -> simulation.after(random.nextLong(seconds(1)), candidate::start));
    simulation.arrivals(1.5, FAULTS_END, this::fault);
    simulation.after(FAULTS_END, this::heal);
    simulation.runUntil(RECOVERED);
    long before = verdict.statements();
    long leaders = candidates.stream().filter(SimulatedCandidate::leads).count();
    if (leaders != 1) {
      verdict.violated(leaders + " leaders after the faults have ended");
    }
    simulation.runUntil(END);
    if (verdict.statements() == before) {
      verdict.violated("the leader can do nothing after the faults have ended");
    }
  }

  private SimulatedCandidate candidate() {
    SimulatedProcess process =
        new SimulatedProcess(
            simulation,
            "pod-" + lives++,
            random.nextDouble(0.99, 1.01),
            (long) random.nextDouble(-HOUR, HOUR));
    return new SimulatedCandidate(
        process,
        network,
        shards,
        TIMING,
        preference,
        simulation.source(),
        (voters, clock) -> lock(process, voters, clock));
  }

  private ElectionLock lock(SimulatedProcess process, Voters voters, ElectionClock clock) {
    if (kind == Kind.QUORUM || kind == Kind.QUORUM_WITHOUT_FENCE) {
      return new QuorumLock(voters, process.name(), clock);
    }
    LeaseLock lock =
        new LeaseLock(
            lease.store(network, process), voters, process.name(), clock, process::wallClock);
    return kind == Kind.LEASE ? lock : new WallClockLock(lock, lease, process, TIMING);
  }

  private void fault() {
    SimulatedCandidate candidate = candidates.get(random.nextInt(candidates.size()));
    SimulatedStore store = stores.get(random.nextInt(stores.size()));
    switch (random.nextInt(10)) {
      case 0, 1 -> candidate.process().pauseUntil(simulation.now() + random.nextLong(seconds(8)));
      case 2 -> pauseLeader();
      case 3 -> replace(candidate, true);
      case 4 -> replace(candidate, false);
      case 5, 6 -> network.cut(candidate.process().name(), store.name());
      case 7 -> store.down(!store.down());
      case 8 -> network.loss(random.nextDouble(0.4));
      default -> {
        network.meanDelay(random.nextDouble(1e6, 4e8));
        if (random.nextInt(4) == 0) {
          lease.delete();
        }
      }
    }
  }

  private void pauseLeader() {
    candidates.stream()
        .filter(SimulatedCandidate::leads)
        .forEach(
            leader -> leader.process().pauseUntil(simulation.now() + random.nextLong(seconds(10))));
  }

  private void replace(SimulatedCandidate candidate, boolean kill) {
    if (kill) {
      candidate.process().kill();
    } else {
      candidate.stop();
      simulation.after(seconds(2), candidate.process()::kill);
    }
    SimulatedCandidate next = candidate();
    candidates.set(candidates.indexOf(candidate), next);
    simulation.after(random.nextLong(seconds(3)), next::start);
  }

  private void heal() {
    network.heal();
    stores.forEach(store -> store.down(false));
    candidates.forEach(candidate -> candidate.process().resume());
  }

  private static long seconds(long count) {
    return Duration.ofSeconds(count).toNanos();
  }
}
