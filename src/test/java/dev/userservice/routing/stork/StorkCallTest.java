package dev.userservice.routing.stork;

import static org.assertj.core.api.Assertions.assertThat;

import dev.userservice.routing.strategy.Candidate;
import dev.userservice.routing.strategy.CandidateSettings;
import dev.userservice.routing.strategy.RandomSource;
import dev.userservice.routing.strategy.RetrySettings;
import dev.userservice.routing.strategy.Strategy;
import dev.userservice.routing.strategy.StrategyName;
import io.smallrye.stork.api.ServiceInstance;
import io.smallrye.stork.impl.DefaultServiceInstance;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** What a peer's calls tell, with time and dice injected. */
final class StorkCallTest {

  private static final long MILLI = 1_000_000;
  private static final long SECOND = 1000 * MILLI;

  private final AtomicLong now = new AtomicLong();
  private final Candidate candidate = new Candidate("peer", 1, CandidateSettings.DEFAULT, 0);
  private final StorkCall call = new StorkCall(instance(1), candidate, now::get);

  private static ServiceInstance instance(long id) {
    return new DefaultServiceInstance(id, "peer-" + id, 80, false);
  }

  @Test
  void firstReportEndsTheCall() {
    call.recordStart(true);
    assertThat(candidate.inFlight()).isOne();
    now.set(3 * MILLI);
    call.recordReply();
    call.recordEnd(null);
    assertThat(candidate.inFlight()).isZero();
    assertThat(candidate.averageNanos()).isEqualTo(3.0 * MILLI);
  }

  @Test
  void endWithoutAReplyIsNoLatencySample() {
    call.recordStart(false);
    now.set(SECOND);
    call.recordEnd(null);
    assertThat(candidate.inFlight()).isZero();
    assertThat(candidate.averageNanos()).isZero();
  }

  @Test
  void replyThatIsAnErrorCountsAsSlow() {
    call.recordStart(true);
    now.set(MILLI);
    call.recordReply();
    now.set(SECOND);
    call.recordEnd(new IOException("503"));
    assertThat(candidate.inFlight()).isZero();
    assertThat(candidate.averageNanos()).isGreaterThan(SECOND);
  }

  @Test
  void errorCountsAsSlowEvenIfItsEndFollowsAtOnce() {
    for (int error = 0; error < 3; error++) {
      call.recordStart(true);
      now.addAndGet(MILLI);
      call.recordReply();
      call.recordEnd(new IOException("500"));
    }
    assertThat(candidate.averageNanos()).isGreaterThan(10 * MILLI);
  }

  @Test
  void errorsAfterRepliesEject() {
    StorkLoadBalancer balancer = balancer();
    balancer.selectServiceInstance(List.of(instance(1), instance(2)));
    for (int error = 0; error < 5; error++) {
      ServiceInstance failing = chosenAs(balancer, 1);
      failing.recordStart(true);
      failing.recordReply();
      failing.recordEnd(new IOException("500"));
    }
    for (int round = 0; round < 50; round++) {
      ServiceInstance chosen = balancer.selectServiceInstance(List.of(instance(1), instance(2)));
      assertThat(chosen.getId()).isEqualTo(2);
    }
  }

  @Test
  void endWithoutAStartChangesNothing() {
    call.recordReply();
    call.recordEnd(new IOException("refused"));
    assertThat(candidate.averageNanos()).isZero();
    assertThat(candidate.inFlight()).isZero();
  }

  @Test
  void hangingPeerIsAvoidedWhileCallsWait() {
    StorkLoadBalancer balancer = balancer();
    List<ServiceInstance> peers = List.of(instance(1), instance(2));
    for (int round = 0; round < 200; round++) {
      answer(balancer.selectServiceInstance(peers));
    }
    ServiceInstance hanging = balancer.selectServiceInstance(peers);
    hanging.recordStart(true);
    now.addAndGet(10 * MILLI);
    for (int round = 0; round < 50; round++) {
      ServiceInstance chosen = balancer.selectServiceInstance(peers);
      assertThat(chosen.getId()).isNotEqualTo(hanging.getId());
      answer(chosen);
    }
  }

  @Test
  void ejectedPeerIsAskedWhenItIsTheOnlyOne() {
    StorkLoadBalancer balancer = balancer();
    List<ServiceInstance> alone = List.of(instance(1));
    balancer.selectServiceInstance(List.of(instance(1), instance(2)));
    for (int failure = 0; failure < 5; failure++) {
      ServiceInstance failing = chosenAs(balancer, 1);
      failing.recordStart(true);
      failing.recordEnd(new IOException("refused"));
    }
    for (int round = 0; round < 50; round++) {
      ServiceInstance chosen = balancer.selectServiceInstance(List.of(instance(1), instance(2)));
      assertThat(chosen.getId()).isEqualTo(2);
    }
    assertThat(balancer.selectServiceInstance(alone).getId()).isEqualTo(1);
  }

  private ServiceInstance chosenAs(StorkLoadBalancer balancer, long id) {
    ServiceInstance chosen;
    do {
      chosen = balancer.selectServiceInstance(List.of(instance(1), instance(2)));
      // A peer that has failed is tried again only after a while.
      now.addAndGet(10 * MILLI);
    } while (chosen.getId() != id);
    return chosen;
  }

  private void answer(ServiceInstance chosen) {
    chosen.recordStart(true);
    now.addAndGet(MILLI);
    chosen.recordReply();
    chosen.recordEnd(null);
  }

  private StorkLoadBalancer balancer() {
    RandomSource random = new SplittableRandom(7)::nextLong;
    Strategy strategy = StrategyName.WEIGHTED_LEAST_LATENCY.create(RetrySettings.DEFAULT, random);
    return new StorkLoadBalancer(strategy, Map.of(), now::get);
  }
}
