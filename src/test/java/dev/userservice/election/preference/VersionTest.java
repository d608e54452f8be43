package dev.userservice.election.preference;

import static org.assertj.core.api.Assertions.assertThat;

import dev.userservice.election.vote.Version;
import org.junit.jupiter.api.Test;

final class VersionTest {

  @Test
  void schemaIsComparedBeforeTheApplication() {
    assertThat(new Version(3, "1.0.0")).isGreaterThan(new Version(2, "9.0.0"));
  }

  @Test
  void applicationsAreComparedByNumberAndSnapshotsPrecedeTheirRelease() {
    assertThat(new Version(1, "1.10.0")).isGreaterThan(new Version(1, "1.9.3"));
    assertThat(new Version(1, "1.10.0")).isGreaterThan(new Version(1, "1.10.0-SNAPSHOT"));
  }

  @Test
  void unparsableVersionIsOlderThanAllOthers() {
    assertThat(new Version(1, "main-4f2a")).isLessThan(new Version(1, "0.0.1"));
    assertThat(new Version(1, "")).isLessThan(new Version(1, "0.0.1"));
  }
}
