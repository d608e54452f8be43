package dev.userservice.user;

import static org.assertj.core.api.Assertions.assertThat;

import dev.userservice.user.json.Attributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the user that is found tells of a write whose commit was not answered. */
final class CommitEvidenceTest {

  private static final Instant BORN = Instant.parse("2026-05-06T07:08:09.123456Z");

  @Test
  void aUserThatIsGoneTellsNothing() {
    assertThat(CommitEvidence.of(user(3, 30, BORN), Optional.empty()))
        .isEqualTo(CommitEvidence.UNKNOWN);
  }

  @ParameterizedTest
  @CsvSource({
    // version and time of the user that is found; version 3 at second 30 was written
    "1, 10, NOT_COMMITTED",
    "2, 20, NOT_COMMITTED",
    "3, 30, COMMITTED",
    "3, 31, NOT_COMMITTED",
    "3, 29, NOT_COMMITTED",
    "4, 40, UNKNOWN",
    "4, 30, UNKNOWN",
    "9, 90, UNKNOWN"
  })
  void theVersionThatIsFoundDecides(long version, int second, CommitEvidence expected) {
    User written = user(3, 30, BORN);
    User found = user(version, second, BORN);
    assertThat(CommitEvidence.of(written, Optional.of(found))).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"1, 10", "3, 30", "4, 40"})
  void aUserThatWasCreatedAnewTellsNothing(long version, int second) {
    User written = user(3, 30, BORN);
    User found = user(version, second, BORN.plusSeconds(5));
    assertThat(CommitEvidence.of(written, Optional.of(found))).isEqualTo(CommitEvidence.UNKNOWN);
  }

  @Test
  void evidenceNeverContradictsTheHistoryOfTheUser() {
    long seed = System.nanoTime();
    System.out.println("commit evidence: seed " + seed);
    SplittableRandom random = new SplittableRandom(seed);
    for (int history = 0; history < 10_000; history++) {
      List<User> versions = new ArrayList<>(List.of(user(1, 0, BORN)));
      change(versions, random.nextInt(4), random);
      User written = user(versions.size() + 1L, 1000 + random.nextInt(1000), BORN);
      boolean committed = random.nextBoolean();
      if (committed) {
        versions.add(written);
      }
      change(versions, random.nextInt(3), random);
      User found = versions.get(versions.size() - 1);
      CommitEvidence evidence = CommitEvidence.of(written, Optional.of(found));
      assertThat(evidence)
          .as("seed %d, history %d", seed, history)
          .isIn(
              CommitEvidence.UNKNOWN,
              committed ? CommitEvidence.COMMITTED : CommitEvidence.NOT_COMMITTED);
      assertThat(evidence == CommitEvidence.UNKNOWN)
          .as("seed %d, history %d", seed, history)
          .isEqualTo(found.version() > written.version());
    }
  }

  private static void change(List<User> versions, int times, SplittableRandom random) {
    for (int change = 0; change < times; change++) {
      versions.add(user(versions.size() + 1L, 2000 + random.nextInt(1_000_000), BORN));
    }
  }

  private static User user(long version, int second, Instant born) {
    return new User(7, "Ada", null, null, Attributes.NONE, version, born, BORN.plusSeconds(second));
  }
}
