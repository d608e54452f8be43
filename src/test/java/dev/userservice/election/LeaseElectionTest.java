package dev.userservice.election;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.userservice.election.LeaseCandidate.Reign;
import dev.userservice.election.lease.KubernetesLeases;
import dev.userservice.election.lock.ElectionTiming;
import dev.userservice.election.vote.SimulatedShard;
import dev.userservice.kubernetes.ApiProxy;
import dev.userservice.kubernetes.ApiServer;
import dev.userservice.kubernetes.KubernetesApi;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Complete candidates, each with its own connection to one API server, in real time. */
final class LeaseElectionTest {

  private static final Duration BOUND = Duration.ofSeconds(30);
  private static final Duration LEASE = Duration.ofSeconds(2);
  private static final Duration RENEW = Duration.ofMillis(1200);
  private static final Duration RETRY = Duration.ofMillis(400);
  private static final ElectionTiming TIMING =
      new ElectionTiming(LEASE.toNanos(), RENEW.toNanos(), RETRY.toNanos());

  /** So long that an earlier change was found by the watch, not by the next observation. */
  private static final ElectionTiming PATIENT =
      new ElectionTiming(
          Duration.ofSeconds(60).toNanos(),
          Duration.ofSeconds(50).toNanos(),
          Duration.ofSeconds(15).toNanos());

  private final ApiServer api = new ApiServer();
  private final ShopLease lease = new ShopLease(api);
  private final SimulatedShard shard = new SimulatedShard("shard", true, new Verdict());
  private final List<ApiProxy> networks = new ArrayList<>();
  private final List<LeaseCandidate> candidates = new ArrayList<>();

  @AfterEach
  void stop() {
    candidates.forEach(LeaseCandidate::close);
    networks.forEach(ApiProxy::close);
    api.close();
  }

  @Test
  void oneOfTwoCandidatesLeadsAndKeepsLeading() {
    lease.chart();
    start(TIMING);
    start(TIMING);
    LeaseCandidate leader = leader();
    int renewals = renewals();
    await().atMost(BOUND).until(() -> renewals() >= renewals + 10);
    assertThat(leader.leads()).isTrue();
    assertThat(reigns()).hasSize(1);
    assertThat(lease.now().getMetadata().getAnnotations())
        .containsEntry(KubernetesLeases.EPOCH, "1");
  }

  @Test
  void isolatedLeaderStepsDownBeforeAnotherLeads() {
    lease.chart();
    start(TIMING);
    start(TIMING);
    LeaseCandidate leader = leader();
    networkOf(leader).silence();
    long silentAt = System.nanoTime();
    await().atMost(BOUND).until(() -> reigns().size() == 2);
    Reign old = reigns().get(0);
    Reign next = reigns().get(1);
    assertThat(old.leader()).isEqualTo(leader.name());
    assertThat(next.leader()).isNotEqualTo(leader.name());
    assertThat(old.ended()).isNotZero().isLessThan(next.began());
    assertThat(old.ended() - silentAt).isLessThan(LEASE.toNanos());
    assertThat(next.epoch()).isEqualTo(2);
    assertThat(next.began() - silentAt)
        .isLessThan(LEASE.plus(RETRY).plus(Duration.ofSeconds(1)).toNanos());
  }

  @Test
  void leaderStepsDownWithoutTheApiServerAndOneLeadsAfterwards() {
    lease.chart();
    start(TIMING);
    start(TIMING);
    LeaseCandidate leader = leader();
    networks.forEach(ApiProxy::down);
    long downAt = System.nanoTime();
    await().atMost(BOUND).until(() -> !leader.leads());
    assertThat(reigns().get(0).ended() - downAt).isLessThan(LEASE.toNanos());
    networks.forEach(ApiProxy::up);
    await().atMost(BOUND).until(() -> reigns().size() == 2 && leading() == 1);
    assertThat(reigns().get(1).epoch()).isEqualTo(2);
  }

  @Test
  void shortFailureOfTheApiServerChangesNothing() {
    lease.chart();
    start(TIMING);
    LeaseCandidate leader = leader();
    api.failNext(1, ApiServer.REPLACE, ApiServer.refusal(500, "InternalError", "etcd"));
    api.failNext(1, ApiServer.REPLACE, ApiServer.refusal(429, "TooManyRequests", "later"));
    int renewals = renewals();
    await().atMost(BOUND).until(() -> renewals() >= renewals + 5);
    assertThat(api.faultsLeft()).isZero();
    assertThat(leader.leads()).isTrue();
    assertThat(reigns()).hasSize(1);
  }

  @Test
  void slowApiServerSuffices() {
    lease.chart();
    LeaseCandidate first = start(TIMING);
    networkOf(first).delayAnswers(Duration.ofMillis(100));
    LeaseCandidate leader = leader();
    int renewals = renewals();
    await().atMost(BOUND).until(() -> renewals() >= renewals + 5);
    assertThat(leader.leads()).isTrue();
    assertThat(reigns()).hasSize(1);
  }

  @Test
  void renewalsAnsweredTooLateEndTheTermAtItsDeadlineOnly() {
    lease.chart();
    LeaseCandidate leader = start(TIMING);
    leader();
    api.delayNext(1, ApiServer.REPLACE, Duration.ofSeconds(5));
    int renewals = renewals();
    await().atMost(BOUND).until(() -> api.faultsLeft() == 0 && renewals() >= renewals + 4);
    assertThat(leader.leads()).isTrue();
    api.delayNext(1000, ApiServer.REPLACE, Duration.ofSeconds(5));
    await().atMost(BOUND).until(() -> !leader.leads());
    api.failNoLonger();
    await().atMost(BOUND).until(leader::leads);
    assertThat(reigns()).extracting(Reign::epoch).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void releaseHandsOverAtOnceByTheWatch() {
    lease.chart();
    LeaseCandidate leader = start(PATIENT);
    hasReign(leader);
    LeaseCandidate other = start(PATIENT);
    await().atMost(BOUND).until(() -> api.watches() >= 2);
    long began = System.nanoTime();
    leader.stop();
    await().atMost(BOUND).until(other::leads);
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(2));
  }

  @Test
  void deletedLeaseDoesNotEndTheTerm() {
    lease.chart();
    start(TIMING);
    start(TIMING);
    LeaseCandidate leader = leader();
    int created = api.requests(ApiServer.CREATE).size();
    lease.delete();
    await().atMost(BOUND).until(() -> api.requests(ApiServer.CREATE).size() > created);
    await().atMost(BOUND).until(() -> leading() == 1);
    assertThat(lease.holder()).isEqualTo(reigns().get(reigns().size() - 1).leader());
    assertThat(reigns().size() == 1).isEqualTo(leader.leads());
  }

  @Test
  void withoutThePermissionToCreateALeaderIsElectedOnceTheLeaseExists() {
    api.failNext(1000, ApiServer.CREATE, ApiServer.refusal(403, "Forbidden", "may not create"));
    LeaseCandidate candidate = start(TIMING);
    await().atMost(BOUND).until(() -> api.requests(ApiServer.CREATE).size() >= 3);
    assertThat(candidate.leads()).isFalse();
    lease.chart();
    await().atMost(BOUND).until(candidate::leads);
  }

  @Test
  void claimRefusedByTheDatabasesIsRepeatedAfterAPause() {
    lease.chart();
    synchronized (shard) {
      shard.refuseAll(true);
    }
    LeaseCandidate candidate = start(TIMING);
    await().atMost(BOUND).until(() -> releases() >= 1);
    long began = System.nanoTime();
    int before = releases();
    await().atMost(BOUND).until(() -> releases() >= before + 8);
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThan(RETRY.multipliedBy(2));
    synchronized (shard) {
      shard.refuseAll(false);
    }
    hasReign(candidate);
  }

  private LeaseCandidate start(ElectionTiming timing) {
    LeaseCandidate candidate =
        new LeaseCandidate("pod-" + candidates.size(), client(), List.of(shard), timing);
    candidates.add(candidate);
    return candidate.start();
  }

  private KubernetesApi client() {
    ApiProxy network = api.anotherNetwork();
    networks.add(network);
    return api.clientThrough(network);
  }

  private ApiProxy networkOf(LeaseCandidate candidate) {
    return networks.get(candidates.indexOf(candidate));
  }

  private LeaseCandidate leader() {
    await().atMost(BOUND).until(() -> leading() == 1);
    return candidates.stream().filter(LeaseCandidate::leads).findFirst().orElseThrow();
  }

  private static void hasReign(LeaseCandidate candidate) {
    await().atMost(BOUND).until(candidate::leads);
  }

  private long leading() {
    return candidates.stream().filter(LeaseCandidate::leads).count();
  }

  private int releases() {
    return api.requests(
            ApiServer.REPLACE.and(request -> !request.getUtf8Body().contains("holderIdentity")))
        .size();
  }

  private int renewals() {
    return api.requests(ApiServer.REPLACE).size();
  }

  private List<Reign> reigns() {
    return candidates.stream()
        .map(LeaseCandidate::reigns)
        .flatMap(List::stream)
        .sorted(Comparator.comparingLong(Reign::began))
        .toList();
  }
}
