package dev.userservice.election.vote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.userservice.Simulation;
import dev.userservice.TestCluster;
import dev.userservice.election.Verdict;
import dev.userservice.election.lock.ElectionThread;
import dev.userservice.embedded.EmbeddedServer;
import java.net.SocketTimeoutException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The vote in a real database. */
final class DatabaseVoterTest {

  private static final Duration SILENCE = Duration.ofSeconds(1);
  private static final int OPERATIONS = 400;

  private final ElectionThread loop = new ElectionThread();
  private final List<DatabaseVoter> opened = new ArrayList<>();
  private FreshDatabase database;

  @BeforeEach
  void create() throws SQLException {
    database = new FreshDatabase();
  }

  @AfterEach
  void close() {
    opened.forEach(DatabaseVoter::close);
    loop.close();
    database.close();
  }

  @Test
  void databaseVotesAsItsModelDoes() throws Exception {
    Simulation simulation = Simulation.seeded();
    SplittableRandom random = simulation.source();
    DatabaseVoter voter = voter();
    SimulatedShard twin = new SimulatedShard("twin", true, new Verdict());
    for (int operation = 0; operation < OPERATIONS; operation++) {
      Ballot present = twin.ballot();
      Claim claim =
          new Claim(
              Math.max(1, present.promised() + random.nextInt(-2, 3)),
              random.nextBoolean() ? "a" : "b",
              random.nextInt(1, 4));
      Ballot seen = random.nextInt(4) > 0 ? present : stale(present, random);
      switch (random.nextInt(3)) {
        case 0 -> agree(voter.grant(claim, seen), twin.granted(claim, seen));
        case 1 -> agree(voter.renew(claim), twin.renewed(claim));
        default -> agree(voter.release(claim), twin.released(claim));
      }
    }
    assertThat(twin.ballot().promised()).isGreaterThan(20);
  }

  @Test
  void oneOfManyConcurrentClaimsIsGranted() throws Exception {
    List<DatabaseVoter> candidates = IntStream.range(0, 6).mapToObj(each -> voter()).toList();
    Ballot seen = done(candidates.get(0).read());
    for (DatabaseVoter candidate : candidates) {
      assertThat(done(candidate.read())).isEqualTo(seen);
    }
    List<CompletionStage<Ballot>> answers = new ArrayList<>();
    for (int candidate = 0; candidate < candidates.size(); candidate++) {
      answers.add(candidates.get(candidate).grant(new Claim(1, "c" + candidate, 1000), seen));
    }
    int granted = 0;
    for (int candidate = 0; candidate < candidates.size(); candidate++) {
      granted += done(answers.get(candidate)).grants(new Claim(1, "c" + candidate, 0)) ? 1 : 0;
    }
    assertThat(granted).isEqualTo(1);
  }

  @Test
  void voteThatIsNotReplicatedIsNotAcknowledged() throws Exception {
    DatabaseVoter voter = voter();
    Ballot seen = done(voter.read());
    EmbeddedServer replica =
        TestCluster.cluster().servers().stream()
            .filter(server -> server.shard() == 0 && !server.primary())
            .findFirst()
            .orElseThrow();
    TestCluster.cluster().pause(replica);
    try {
      assertThatThrownBy(() -> done(voter.grant(new Claim(1, "a", 1000), seen)))
          .hasRootCauseInstanceOf(SocketTimeoutException.class);
    } finally {
      TestCluster.cluster().resume(replica);
    }
  }

  @Test
  void candidatesAreListedFromTheirFirstBeatUntilTheyLeave() throws Exception {
    Candidacy first = new Candidacy("first", new Version(1, "1.0.0"));
    Candidacy second = new Candidacy("second", new Version(2, "1.1.0-SNAPSHOT"));
    DatabaseVoter voter = voter();
    done(voter.beat(first));
    done(voter.beat(second));
    List<Candidate> known = done(voter.beat(first));
    assertThat(known).extracting(Candidate::candidacy).containsExactlyInAnyOrder(first, second);
    assertThat(of(known, first).registeredAt()).isLessThan(of(known, second).registeredAt());
    Candidate later = of(done(voter.beat(second)), first);
    assertThat(later.beats()).isGreaterThan(of(known, first).beats());
    assertThat(later.registeredAt()).isEqualTo(of(known, first).registeredAt());
    done(voter.leave(first));
    assertThat(done(voter.beat(second))).extracting(Candidate::candidacy).containsOnly(second);
  }

  private static Candidate of(List<Candidate> known, Candidacy candidacy) {
    return known.stream()
        .filter(each -> each.candidacy().equals(candidacy))
        .findFirst()
        .orElseThrow();
  }

  private static Ballot stale(Ballot present, SplittableRandom random) {
    return new Ballot(
        present.promised() - random.nextInt(2),
        present.holder(),
        present.renewals() - 1,
        present.leaseMillis(),
        present.grantedAt());
  }

  private static void agree(CompletionStage<Ballot> real, Ballot twin) throws Exception {
    assertThat(done(real)).usingRecursiveComparison().ignoringFields("grantedAt").isEqualTo(twin);
  }

  private static <T> T done(CompletionStage<T> call) throws Exception {
    return call.toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  private DatabaseVoter voter() {
    DatabaseVoter voter = new DatabaseVoter(database.group(), loop, SILENCE);
    opened.add(voter);
    return voter;
  }
}
