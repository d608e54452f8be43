package dev.userservice.embedded.shard;

import static dev.userservice.embedded.shard.DirectoryMark.ABSENT;
import static dev.userservice.embedded.shard.DirectoryMark.FENCED;
import static dev.userservice.embedded.shard.DirectoryMark.PRIMARY;
import static dev.userservice.embedded.shard.DirectoryMark.REPLICA;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.userservice.embedded.server.DataDirectory;
import dev.userservice.embedded.server.EmbeddedClusterException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which server of a shard may be the primary, by the marks of all data directories. */
final class ShardMarksTest {

  @Test
  void theOnePrimaryStarts() {
    assertThat(marks(REPLICA, PRIMARY, REPLICA).primary()).hasValue(1);
    assertThat(marks(PRIMARY, ABSENT, ABSENT).primary()).hasValue(0);
  }

  @Test
  void withoutAPrimaryAnInterruptedFailoverIsFinished() {
    ShardMarks marks = marks(FENCED, REPLICA, REPLICA);
    assertThat(marks.primary()).isEmpty();
    assertThat(marks.candidates()).containsExactly(1, 2);
    assertThat(marks.formerPrimary()).isZero();
    assertThat(marks.mayReinstate(0)).isTrue();
  }

  @Test
  void twoPrimariesAreRefused() {
    ShardMarks marks = marks(PRIMARY, PRIMARY, REPLICA);
    assertThatThrownBy(marks::primary)
        .isInstanceOf(EmbeddedClusterException.class)
        .hasMessageContaining("shard 7 has more than one primary");
  }

  @Test
  void aPrimaryThatAnInterruptedFailoverPromotedTakesOver() {
    assertThat(marks(PRIMARY, REPLICA, PRIMARY).primaryInsteadOf(0)).hasValue(2);
    assertThat(marks(PRIMARY, REPLICA, REPLICA).primaryInsteadOf(0)).isEmpty();
  }

  @Test
  void aDeadPrimaryIsReplacedOnlyIfAllReplicasAreThere() {
    assertThat(marks(PRIMARY, REPLICA, REPLICA).mustRestart(0)).isFalse();
    assertThat(marks(PRIMARY, REPLICA, ABSENT).mustRestart(0)).isTrue();
    assertThat(marks(PRIMARY, REPLICA, FENCED).mustRestart(0)).isTrue();
    assertThat(marks(PRIMARY).mustRestart(0)).isTrue();
  }

  @Test
  void aFencedServerIsNeverRestartedInPlace() {
    assertThat(marks(FENCED, REPLICA).mustRestart(0)).isFalse();
    assertThat(marks(FENCED).mustRestart(0)).isFalse();
  }

  @Test
  void withTwoServersLostNobodyIsPromoted() {
    ShardMarks marks = marks(FENCED, REPLICA, ABSENT);
    assertThatThrownBy(marks::formerPrimary)
        .isInstanceOf(EmbeddedClusterException.class)
        .hasMessage("shard 7 has lost its primary and another server");
  }

  @Test
  void replicasWithoutAFormerPrimaryAreRefused() {
    assertThatThrownBy(marks(REPLICA, REPLICA)::formerPrimary)
        .isInstanceOf(EmbeddedClusterException.class);
  }

  @Test
  void aServerWhoseDataAreGoneIsNotReinstated() {
    assertThat(marks(ABSENT, REPLICA, REPLICA).mayReinstate(0)).isFalse();
  }

  @Test
  void filesDecideTheMark(@TempDir Path directory) throws IOException {
    DataDirectory data = new DataDirectory(directory.resolve("shard-0-a"));
    Files.createDirectory(data.path());
    assertThat(DirectoryMark.of(data)).isEqualTo(ABSENT);
    Files.writeString(data.path().resolve("PG_VERSION"), "18\n");
    assertThat(DirectoryMark.of(data)).isEqualTo(PRIMARY);
    data.fence();
    assertThat(DirectoryMark.of(data)).isEqualTo(FENCED);
    Files.createFile(data.path().resolve(DataDirectory.STANDBY));
    assertThat(DirectoryMark.of(data)).isEqualTo(FENCED);
    data.liftFence();
    assertThat(DirectoryMark.of(data)).isEqualTo(REPLICA);
  }

  private static ShardMarks marks(DirectoryMark... marks) {
    return new ShardMarks(7, List.of(marks));
  }
}
