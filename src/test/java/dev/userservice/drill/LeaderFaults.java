package dev.userservice.drill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.userservice.ServiceProcess;
import java.time.Duration;
import org.awaitility.Awaitility;

/** Faults of the process that leads, with the result that both kinds of lock must give. */
final class LeaderFaults {

  static final Duration BOUND = Duration.ofMinutes(1);
  static final Duration TAKE_OVER =
      ServiceTrio.LEASE.plus(ServiceTrio.RETRY).plus(Duration.ofSeconds(1));

  private static final Duration HAND_OVER = Duration.ofSeconds(1);

  private final ServiceTrio trio;

  LeaderFaults(ServiceTrio trio) {
    this.trio = trio;
  }

  /** {@code kill -9}: another process leads within the lease, a retry period and a second. */
  void killed() throws Exception {
    ServiceProcess leader = trio.leader();
    long epoch = trio.epoch();
    leader.kill();
    Duration took = trio.awaitOtherThan(leader);
    tell("after kill -9 another leads in", took);
    assertThat(took).isLessThan(TAKE_OVER);
    assertThat(trio.epoch()).isGreaterThan(epoch);
    trio.replace(leader);
  }

  /** SIGTERM: another process leads within a second. */
  void stopped() throws Exception {
    ServiceProcess leader = trio.leader();
    leader.terminate();
    Duration took = trio.awaitOtherThan(leader);
    tell("after SIGTERM another leads in", took);
    assertThat(took).isLessThan(HAND_OVER);
    trio.replace(leader);
  }

  /**
   * SIGSTOP for longer than the lease, then SIGCONT: the old leader steps down and logs it. Returns
   * its log.
   */
  String paused() throws Exception {
    ServiceProcess leader = trio.leader();
    long epoch = trio.epoch();
    leader.pause();
    try {
      Duration took = trio.awaitOtherThan(leader);
      tell("after SIGSTOP another leads in", took);
      assertThat(took).isLessThan(TAKE_OVER);
    } finally {
      leader.resume();
    }
    Awaitility.await()
        .atMost(BOUND)
        .until(
            () ->
                !leader.leads()
                    && leader.output().contains("leads no longer, epoch " + epoch + ":"));
    assertThat(trio.leaders()).isEqualTo(1);
    trio.awaitAgreement();
    return leader.output();
  }

  static void tell(String what, Duration took) {
    System.out.println("leader drill: " + what + " " + took.toMillis() + " ms");
  }
}
