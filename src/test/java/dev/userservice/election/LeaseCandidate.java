package dev.userservice.election;

import dev.userservice.election.lease.KubernetesLeases;
import dev.userservice.election.lease.LeaseLock;
import dev.userservice.election.lock.ElectionClock;
import dev.userservice.election.lock.ElectionThread;
import dev.userservice.election.lock.ElectionTiming;
import dev.userservice.election.preference.CandidateOrder;
import dev.userservice.election.preference.Preference;
import dev.userservice.election.preference.Roster;
import dev.userservice.election.vote.Candidacy;
import dev.userservice.election.vote.SimulatedShard;
import dev.userservice.election.vote.Version;
import dev.userservice.election.vote.Voters;
import dev.userservice.kubernetes.KubernetesApi;
import dev.userservice.leader.Term;
import dev.userservice.time.Ticker;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * One candidate with the same parts as in the service, and a thread and a client of its own; only
 * the shards are in memory.
 */
public final class LeaseCandidate implements ElectionListener, AutoCloseable {

  /** One leadership: in nanoseconds of this machine, the end still to come if that is zero. */
  record Reign(String leader, long epoch, long began, long ended) {}

  private final String name;
  private final ElectionThread loop = new ElectionThread();
  private final KubernetesLeases leases;
  private final LeaseLock lock;
  private final Elector elector;
  private final List<Reign> reigns = new CopyOnWriteArrayList<>();

  public LeaseCandidate(
      String name, KubernetesApi api, List<SimulatedShard> shards, ElectionTiming timing) {
    this.name = name;
    this.leases =
        new KubernetesLeases(
            api, "shop", ShopLease.NAME, Duration.ofNanos(timing.callNanos()), loop);
    ElectionClock clock = new ElectionClock(timing, Ticker.system(), loop, new SplittableRandom());
    Voters voters = SimulatedShard.voters(shards, this::link, clock);
    this.lock = new LeaseLock(leases, voters, name, clock, Instant::now);
    Candidacy self = new Candidacy(name, new Version(1, "1.0.0"));
    CandidateOrder order = new CandidateOrder(Preference.ANY, self, clock);
    this.elector = new Elector(lock, new Roster(voters, self, order), clock, List.of(this));
  }

  LeaseCandidate start() {
    elector.start();
    return this;
  }

  /** Uses the lock itself, where the elector does. */
  public <T> T use(Function<LeaseLock, CompletionStage<T>> call) throws Exception {
    CompletableFuture<T> answer = new CompletableFuture<>();
    loop.execute(
        () ->
            call.apply(lock)
                .whenComplete(
                    (result, failure) -> {
                      if (failure == null) {
                        answer.complete(result);
                      } else {
                        answer.completeExceptionally(failure);
                      }
                    }));
    return Objects.requireNonNull(answer.get(30, TimeUnit.SECONDS));
  }

  /** Ends as a process does that is asked to. */
  void stop() {
    elector.stop().toCompletableFuture().join();
  }

  String name() {
    return name;
  }

  boolean leads() {
    return !reigns.isEmpty() && reigns.get(reigns.size() - 1).ended() == 0;
  }

  List<Reign> reigns() {
    return reigns;
  }

  @Override
  public void elected(Term won) {
    reigns.add(new Reign(name, won.epoch(), System.nanoTime(), 0));
  }

  @Override
  public void deposed(Term lost, String why) {
    Reign last = reigns.get(reigns.size() - 1);
    reigns.set(reigns.size() - 1, new Reign(name, last.epoch(), last.began(), System.nanoTime()));
  }

  @Override
  public void close() {
    leases.close();
    loop.close();
  }

  private Link link(SimulatedShard shard) {
    return new Link() {
      @Override
      public <T> CompletionStage<T> call(Supplier<T> work) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        loop.execute(
            () -> {
              synchronized (shard) {
                if (shard.down()) {
                  answer.completeExceptionally(new TimeoutException());
                } else {
                  answer.complete(work.get());
                }
              }
            });
        return answer;
      }
    };
  }
}
