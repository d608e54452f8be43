package dev.userservice.election.vote;

import dev.userservice.election.lock.ElectionClock;
import dev.userservice.election.lock.LockState;
import dev.userservice.election.lock.Observed;
import dev.userservice.election.lock.Renewal;
import dev.userservice.election.lock.Renewal.Outcome;
import dev.userservice.replication.ReplicationGroup;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The primaries of all shards, a majority of which decides (Gifford, <i>Weighted Voting for
 * Replicated Data</i>, 1979; the election of Raft, Ongaro and Ousterhout, 2014).
 *
 * <p>An epoch has at most one owner: a voter grants each number once, since a grant must be higher
 * than all before, and two majorities share a voter. A voter that has never granted anything knows
 * no earlier leader. So that added shards cannot outvote the others, a claim also needs a majority
 * of the voters that have granted before or were not reached.
 *
 * <p>Belongs to the election's loop.
 */
public final class Voters implements AutoCloseable {

  private final List<Voter> voters;
  private final List<Observed<Ballot>> ballots;
  private final boolean[] reached;
  private final ElectionClock clock;

  Voters(List<? extends Voter> voters, ElectionClock clock) {
    this.voters = List.copyOf(voters);
    this.ballots = voters.stream().map(voter -> new Observed<Ballot>()).toList();
    this.reached = new boolean[voters.size()];
    this.clock = clock;
  }

  /** The primaries of these groups. Connects to none yet. */
  public static Voters of(List<ReplicationGroup> groups, ElectionClock clock) {
    Duration silence = Duration.ofNanos(clock.timing().callNanos());
    return new Voters(
        groups.stream().map(group -> new DatabaseVoter(group, clock.loop(), silence)).toList(),
        clock);
  }

  /** Closes the connections to all voters. */
  @Override
  public void close() {
    voters.forEach(Voter::close);
  }

  /** Reads all ballots. Never fails. */
  public CompletionStage<Void> observe() {
    return round(calls(Voter::read), answers -> false).thenAccept(this::saw);
  }

  /** From when on a majority of the votes is free if nothing changes, by this machine's clock. */
  public long freeAtNanos(String self) {
    return IntStream.range(0, voters.size())
        .mapToLong(voter -> reached[voter] ? freeAtNanos(voter, self) : LockState.NEVER)
        .sorted()
        .skip(majority() - 1L)
        .findFirst()
        .orElse(LockState.NEVER);
  }

  /** The highest epoch that any voter is known to have granted. */
  public long promised() {
    return known().mapToLong(Ballot::promised).max().orElse(0);
  }

  /** The ballot of a holder that has a majority and whose lease has not ended. */
  Optional<Ballot> leading(long nowNanos) {
    return IntStream.range(0, voters.size())
        .filter(voter -> reached[voter] && freeAtNanos(voter, "") > nowNanos)
        .mapToObj(voter -> Objects.requireNonNull(ballots.get(voter).value()))
        .filter(ballot -> ballot.holder() != null && held(ballot))
        .findFirst();
  }

  /**
   * Claims the votes that were reached by the last observation.
   *
   * @param free whether only votes that are free are claimed
   */
  public CompletionStage<Boolean> claim(Claim claim, boolean free) {
    long now = clock.now();
    boolean[] experienced = new boolean[voters.size()];
    List<CompletionStage<Ballot>> calls = new ArrayList<>();
    for (int voter = 0; voter < voters.size(); voter++) {
      Ballot seen = ballots.get(voter).value();
      experienced[voter] = seen == null || seen.promised() > 0;
      boolean asked =
          seen != null && reached[voter] && (!free || freeAtNanos(voter, claim.holder()) <= now);
      calls.add(
          asked
              ? voters.get(voter).grant(claim, Objects.requireNonNull(seen))
              : CompletableFuture.failedFuture(new IllegalStateException("not asked")));
    }
    return round(calls, answers -> elected(claim, answers, experienced))
        .thenApply(answers -> elected(claim, answers, experienced));
  }

  /** Renews the votes; also takes votes of older epochs. */
  CompletionStage<Renewal> renew(Claim claim) {
    return round(
            calls(voter -> voter.renew(claim)),
            answers -> outcome(claim, answers) != Outcome.UNCERTAIN)
        .thenApply(answers -> new Renewal(outcome(claim, answers), newest(claim, answers)));
  }

  /**
   * Releases the votes of the claim.
   *
   * @return the newest epoch that was seen
   */
  public CompletionStage<Long> release(Claim claim) {
    return round(calls(voter -> voter.release(claim)), answers -> false)
        .thenApply(answers -> newest(claim, answers));
  }

  /**
   * Registers a candidate as alive.
   *
   * @return the candidates that the first voter that answers knows
   */
  public CompletionStage<List<Candidate>> beat(Candidacy self) {
    return round(calls(voter -> voter.beat(self)), answers -> false)
        .thenApply(
            answers -> answers.stream().flatMap(Optional::stream).findFirst().orElse(List.of()));
  }

  /** Removes a candidate. */
  public CompletionStage<Void> leave(Candidacy self) {
    return round(calls(voter -> voter.leave(self)), answers -> false).thenAccept(answers -> {});
  }

  private <T> CompletionStage<List<Optional<T>>> round(
      List<CompletionStage<T>> calls, Predicate<List<Optional<T>>> enough) {
    return Round.of(calls, enough, clock.loop(), clock.timing().callNanos());
  }

  private <T> List<CompletionStage<T>> calls(Function<Voter, CompletionStage<T>> call) {
    return voters.stream().map(call).toList();
  }

  private void saw(List<Optional<Ballot>> answers) {
    long now = clock.now();
    for (int voter = 0; voter < answers.size(); voter++) {
      reached[voter] = answers.get(voter).isPresent();
      Observed<Ballot> ballot = ballots.get(voter);
      answers.get(voter).ifPresent(seen -> ballot.see(seen, now));
    }
  }

  private long freeAtNanos(int voter, String self) {
    Observed<Ballot> seen = ballots.get(voter);
    Ballot ballot = Objects.requireNonNull(seen.value());
    return ballot.holder() == null || ballot.holder().equals(self)
        ? seen.changedAtNanos()
        : seen.changedAtNanos() + TimeUnit.MILLISECONDS.toNanos(ballot.leaseMillis());
  }

  private Stream<Ballot> known() {
    return ballots.stream()
        .map(Observed::value)
        .filter(Objects::nonNull)
        .map(Objects::requireNonNull);
  }

  private boolean held(Ballot ballot) {
    Claim claim = new Claim(ballot.promised(), Objects.requireNonNull(ballot.holder()), 0);
    return known().filter(each -> each.grants(claim)).count() >= majority();
  }

  private boolean elected(Claim claim, List<Optional<Ballot>> answers, boolean[] experienced) {
    int granted = 0;
    int knowing = 0;
    int grantedByKnowing = 0;
    for (int voter = 0; voter < experienced.length; voter++) {
      boolean grants = answers.get(voter).filter(ballot -> ballot.grants(claim)).isPresent();
      granted += grants ? 1 : 0;
      knowing += experienced[voter] ? 1 : 0;
      grantedByKnowing += grants && experienced[voter] ? 1 : 0;
    }
    return granted >= majority() && (knowing == 0 || 2 * grantedByKnowing > knowing);
  }

  private Outcome outcome(Claim claim, List<Optional<Ballot>> answers) {
    long granted = count(answers, ballot -> ballot.grants(claim));
    long refused = count(answers, ballot -> !ballot.grants(claim));
    if (granted >= majority()) {
      return Outcome.RENEWED;
    }
    return refused > voters.size() - majority() ? Outcome.LOST : Outcome.UNCERTAIN;
  }

  private static long count(List<Optional<Ballot>> answers, Predicate<Ballot> kind) {
    return answers.stream().flatMap(Optional::stream).filter(kind).count();
  }

  private static long newest(Claim claim, List<Optional<Ballot>> answers) {
    return answers.stream()
        .flatMap(Optional::stream)
        .mapToLong(Ballot::promised)
        .reduce(claim.epoch(), Math::max);
  }

  private int majority() {
    return voters.size() / 2 + 1;
  }
}
