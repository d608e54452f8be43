package dev.userservice.routing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.userservice.TestSettings;
import dev.userservice.consistency.Consistency.Level;
import dev.userservice.replication.MonitoredEndpoint;
import dev.userservice.replication.ReplicationGroup;
import dev.userservice.replication.Role;
import dev.userservice.replication.TestGroups;
import dev.userservice.routing.Explanation.ServerExplanation;
import dev.userservice.routing.strategy.Candidate;
import dev.userservice.routing.strategy.Candidates;
import dev.userservice.routing.strategy.Strategy;
import dev.userservice.routing.strategy.StrategyName;
import dev.userservice.wal.LogPosition;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Which servers a read may be sent to, and that routing and explaining agree on it. */
final class EligibilityTest {

  private static final List<Role> ROLES = List.of(Role.values());
  private static final long SECOND = 1_000_000_000;
  private static final long NOW = 100 * SECOND;
  private static final int FAILURES_THAT_EJECT = 5;

  private final Picked picked = new Picked();

  /** Chooses a given one, so that a test can have all that are eligible, one after the other. */
  private static final class Picked implements Strategy {

    private int index;

    @Override
    public int choose(Candidates candidates, long nowNanos) {
      return Math.min(index, candidates.size() - 1);
    }

    @Override
    public double score(Candidate candidate, Candidates candidates, long nowNanos) {
      return 0;
    }
  }

  private ReadTargets targets(ReplicationGroup group) {
    RoutingConfig config = TestSettings.byDefault(RoutingConfig.class);
    return new ReadTargets(
        group, RoutingSettings.of(config), new Weights(config), picked, new SimpleMeterRegistry());
  }

  private static ReadRequirement requirement(
      Level level, @Nullable LogPosition required, long boundNanos) {
    return new ReadRequirement(level, required, required, boundNanos, NOW);
  }

  private static void eject(ReadTarget target) {
    for (int failure = 0; failure < FAILURES_THAT_EJECT; failure++) {
      target.candidate().sent(NOW);
      target.candidate().failed(NOW, 1);
    }
  }

  @Test
  void eachReasonHasItsVerdict() {
    ReplicationGroup group =
        TestGroups.of(Role.REPLICA, Role.REPLICA, Role.PRIMARY, Role.UNKNOWN, Role.PRIMARY);
    List<MonitoredEndpoint> servers = group.endpoints();
    TestGroups.set(group, servers.get(0), Role.REPLICA, new LogPosition(2, 50));
    TestGroups.set(group, servers.get(1), Role.REPLICA, new LogPosition(2, 90));
    TestGroups.set(group, servers.get(2), Role.PRIMARY, new LogPosition(2, 40));
    group.showed(servers.get(2), 50, NOW - 3 * SECOND);
    group.showed(servers.get(2), 90, NOW);
    List<ReadTarget> all = targets(group).all(NOW);
    eject(all.get(1));

    LogPosition seen = new LogPosition(2, 60);
    assertThat(verdicts(requirement(Level.EVENTUAL, null, 0), group, all))
        .containsExactly(
            Eligibility.ELIGIBLE,
            Eligibility.EJECTED,
            Eligibility.PRIMARY,
            Eligibility.UNREACHABLE,
            Eligibility.NOT_OF_SHARD);
    assertThat(verdicts(requirement(Level.SESSION, seen, 0), group, all))
        .startsWith(Eligibility.BEHIND_SESSION, Eligibility.EJECTED, Eligibility.PRIMARY);
    assertThat(verdicts(requirement(Level.BOUNDED, null, SECOND), group, all))
        .startsWith(Eligibility.TOO_STALE);
    assertThat(verdicts(requirement(Level.BOUNDED, null, 4 * SECOND), group, all))
        .startsWith(Eligibility.ELIGIBLE);
    assertThat(verdicts(requirement(Level.STRONG, seen, 0), group, all))
        .as("only the primary of the newest timeline")
        .containsExactly(
            Eligibility.NOT_PRIMARY,
            Eligibility.NOT_PRIMARY,
            Eligibility.ELIGIBLE,
            Eligibility.UNREACHABLE,
            Eligibility.NOT_OF_SHARD);
    assertThat(verdicts(requirement(Level.STRONG, new LogPosition(3, 1), 0), group, all).get(2))
        .isEqualTo(Eligibility.BEHIND_SESSION);
  }

  @Test
  void verdictsAreTheTextsOfTheContract() {
    assertThat(Stream.of(Eligibility.values()).map(Eligibility::verdict))
        .containsExactlyInAnyOrder(
            "eligible",
            "does not answer",
            "belongs to another system, or is a primary beside the shard's",
            "a strong read needs the primary",
            "the primary answers when no replica can",
            "ejected after failures",
            "has not reached what the session saw",
            "may be staler than the bound");
  }

  @Test
  void routingChoosesAServerIfAndOnlyIfExplainSaysThatItIsEligible() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    int eligible = 0;
    for (int round = 0; round < 500; round++) {
      ReplicationGroup group = randomGroup(random);
      ReadTargets targets = targets(group);
      targets.all(NOW).stream()
          .filter(any -> random.nextInt(4) == 0)
          .forEach(EligibilityTest::eject);
      for (int read = 0; read < 8; read++) {
        ReadRequirement requirement = randomRequirement(random);
        Set<String> explained = explained(group, targets, requirement);
        assertThat(chosen(targets, requirement))
            .as("seed %d, round %d, %s", seed, round, requirement)
            .isEqualTo(explained);
        eligible += explained.size();
      }
    }
    assertThat(eligible).as("the states are not trivial").isBetween(1_000, 20_000);
  }

  @Test
  void serverThatWasTriedIsNotChosenAgain() {
    ReplicationGroup group = TestGroups.of(Role.REPLICA, Role.REPLICA);
    ReadTargets targets = targets(group);
    ReadRequirement requirement = requirement(Level.EVENTUAL, null, 0);
    ReadTarget first = targets.choose(requirement, Set.of(), NOW);
    ReadTarget second = targets.choose(requirement, Set.of(first), NOW);
    assertThat(second).isNotNull().isNotSameAs(first);
    assertThat(targets.choose(requirement, Set.of(first, second), NOW)).isNull();
    assertThat(targets.untried(Set.of(first), NOW)).isSameAs(second);
    assertThat(targets.untried(Set.of(first, second), NOW)).isNull();
  }

  @Test
  void furthestReplicaIsOnATimelineThatMayIncludeTheSession() {
    ReplicationGroup group = TestGroups.of(Role.REPLICA, Role.REPLICA, Role.REPLICA, Role.PRIMARY);
    List<MonitoredEndpoint> servers = group.endpoints();
    TestGroups.set(group, servers.get(0), Role.REPLICA, new LogPosition(1, 900));
    TestGroups.set(group, servers.get(1), Role.REPLICA, new LogPosition(2, 40));
    TestGroups.set(group, servers.get(2), Role.REPLICA, new LogPosition(2, 50));
    TestGroups.set(group, servers.get(3), Role.PRIMARY, new LogPosition(2, 990));
    ReadTargets targets = targets(group);
    List<ReadTarget> all = targets.all(NOW);
    ReadRequirement requirement = requirement(Level.SESSION, new LogPosition(2, 60), 0);
    assertThat(targets.furthestReplica(requirement, Set.of(), NOW)).isSameAs(all.get(2));
    assertThat(targets.furthestReplica(requirement, Set.of(all.get(2)), NOW)).isSameAs(all.get(1));
    assertThat(targets.furthestReplica(requirement, Set.of(all.get(1), all.get(2)), NOW)).isNull();
  }

  @Test
  void serverThatComesBackStartsSlowly() {
    ReplicationGroup group = TestGroups.of(Role.REPLICA);
    MonitoredEndpoint server = group.endpoints().get(0);
    ReadTarget target = targets(group).all(NOW).get(0);
    assertThat(target.candidate().effectiveWeight(NOW)).isEqualTo(1);
    TestGroups.set(group, server, Role.UNKNOWN, new LogPosition(1, 0));
    assertThat(target.role(NOW)).isEqualTo(Role.UNKNOWN);
    TestGroups.set(group, server, Role.REPLICA, new LogPosition(1, 0));
    assertThat(target.role(NOW)).isEqualTo(Role.REPLICA);
    assertThat(target.candidate().effectiveWeight(NOW)).isLessThan(0.2);
  }

  private static List<Eligibility> verdicts(
      ReadRequirement requirement, ReplicationGroup group, List<ReadTarget> all) {
    return all.stream().map(target -> Eligibility.of(requirement, target, group, NOW)).toList();
  }

  private Set<String> chosen(ReadTargets targets, ReadRequirement requirement) {
    Set<String> chosen = new TreeSet<>();
    for (picked.index = 0; picked.index < targets.all(NOW).size(); picked.index++) {
      ReadTarget target = targets.choose(requirement, Set.of(), NOW);
      if (target != null) {
        chosen.add(target.candidate().name());
      }
    }
    return chosen;
  }

  private static Set<String> explained(
      ReplicationGroup group, ReadTargets targets, ReadRequirement requirement) {
    return new Explainer(group, targets, StrategyName.RANDOM)
        .explain(requirement, NOW).servers().stream()
            .filter(server -> server.verdict().equals("eligible"))
            .map(ServerExplanation::endpoint)
            .collect(Collectors.toCollection(TreeSet::new));
  }

  private static ReplicationGroup randomGroup(Random random) {
    Role[] roles = new Role[1 + random.nextInt(6)];
    for (int server = 0; server < roles.length; server++) {
      roles[server] = ROLES.get(random.nextInt(ROLES.size()));
    }
    ReplicationGroup group = TestGroups.of(roles);
    for (int server = 0; server < roles.length; server++) {
      MonitoredEndpoint endpoint = group.endpoints().get(server);
      TestGroups.set(group, endpoint, roles[server], randomPosition(random));
    }
    for (long age = 5; age >= 0; age--) {
      long lsn = 20 * (5 - age);
      long at = NOW - age * SECOND;
      group.primary().ifPresent(primary -> group.showed(primary, lsn, at));
    }
    return group;
  }

  private static LogPosition randomPosition(Random random) {
    return new LogPosition(1 + random.nextInt(2), random.nextInt(100));
  }

  private static ReadRequirement randomRequirement(Random random) {
    return switch (random.nextInt(5)) {
      case 0 -> requirement(Level.STRONG, null, 0);
      case 1 -> requirement(Level.STRONG, randomPosition(random), 0);
      case 2 -> requirement(Level.SESSION, randomPosition(random), 0);
      case 3 -> requirement(Level.BOUNDED, null, random.nextInt(6) * SECOND);
      default -> requirement(Level.EVENTUAL, null, 0);
    };
  }
}
