package dev.userservice.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.userservice.embedded.server.EmbeddedClusterException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.junit.jupiter.api.Test;

/** Starts that cannot succeed; the message is one sentence that says what to change. */
final class RefusalTest {

  @Test
  void unwritableDirectoryIsNamedInOneLine() {
    assumeTrue(Files.isDirectory(Path.of("/proc/self")), "a file system that nobody can write to");
    refused(EmbeddedSettings.in(Path.of("/proc/self/postgresql")))
        .withMessageContaining("/proc/self/postgresql");
  }

  @Test
  void fileInPlaceOfTheDirectoryIsNamed() throws IOException {
    Path file = Clusters.emptyDirectory("file");
    Files.createDirectories(file.getParent());
    Files.deleteIfExists(file);
    Files.createFile(file);
    refused(EmbeddedSettings.in(file))
        .withMessageContaining(file.toString())
        .withMessageContaining("it is a file");
  }

  @Test
  void secondProcessOnTheSameDirectoryIsRefused() throws IOException {
    EmbeddedSettings settings = EmbeddedSettings.in(Clusters.directory("second")).sized(1, 0);
    try (ForeignProcess first = new ForeignProcess(settings.directory())) {
      assertThat(first.awaitReady()).isTrue();
      refused(settings).withMessageContaining("another process is using").withNoCause();
      first.terminate();
    }
  }

  @Test
  void dataOfAnotherMajorVersionIsLeftAlone() throws IOException {
    EmbeddedSettings settings = EmbeddedSettings.in(Clusters.directory("version")).sized(1, 0);
    Path data = Files.createDirectories(settings.directory().resolve("shard-0-a"));
    Files.writeString(data.resolve("PG_VERSION"), "9\n");
    refused(settings).withMessageContaining("is of PostgreSQL 9, not 18");
  }

  @Test
  void serversBeyondTheConfiguredOnesAreNamed() throws IOException {
    EmbeddedSettings settings = EmbeddedSettings.in(Clusters.directory("fewer")).sized(1, 0);
    Files.createDirectories(settings.directory().resolve("shard-1-a"));
    refused(settings).withMessageContaining("users.embedded.shards");
  }

  @Test
  void portInUseIsNamed() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      refused(
              new EmbeddedSettings(
                  1,
                  0,
                  Clusters.directory("port"),
                  taken.getLocalPort(),
                  Map.of(),
                  Duration.ofSeconds(30)))
          .withMessageContaining("port " + taken.getLocalPort() + " is in use")
          .withMessageContaining("users.embedded.base-port");
    }
  }

  @Test
  void numbersOutOfBoundsAreNamedByTheirProperty() {
    Path directory = Path.of("target");
    assertThatExceptionOfType(EmbeddedClusterException.class)
        .isThrownBy(() -> EmbeddedSettings.in(directory).sized(65, 2))
        .withMessage("users.embedded.shards is 65, not between 1 and 64");
    assertThatExceptionOfType(EmbeddedClusterException.class)
        .isThrownBy(() -> EmbeddedSettings.in(directory).sized(1, 9))
        .withMessage("users.embedded.replicas is 9, not between 0 and 8");
  }

  private static ThrowableAssertAlternative<EmbeddedClusterException> refused(
      EmbeddedSettings settings) {
    return assertThatExceptionOfType(EmbeddedClusterException.class)
        .isThrownBy(() -> EmbeddedCluster.start(settings).close())
        .withMessageNotContaining("\n");
  }
}
