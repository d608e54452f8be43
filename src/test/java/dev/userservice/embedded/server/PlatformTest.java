package dev.userservice.embedded.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** Which archive of programs a machine needs. */
final class PlatformTest {

  @Test
  void linuxAndMacOnBothProcessorsHaveAnArchive() {
    assertThat(Platform.of("Linux", "amd64").archive()).isEqualTo("postgres-linux-x86_64.txz");
    assertThat(Platform.of("Linux", "aarch64").archive()).isEqualTo("postgres-linux-arm_64.txz");
    assertThat(Platform.of("Mac OS X", "x86_64").archive()).isEqualTo("postgres-darwin-x86_64.txz");
    assertThat(Platform.of("Mac OS X", "arm64").archive()).isEqualTo("postgres-darwin-arm_64.txz");
  }

  @Test
  void unsupportedPlatformIsNamed() {
    assertThatThrownBy(() -> Platform.of("AIX", "ppc64"))
        .isInstanceOf(EmbeddedClusterException.class)
        .hasMessageContaining("AIX on ppc64");
    assertThatThrownBy(() -> Platform.of("Linux", "riscv64"))
        .isInstanceOf(EmbeddedClusterException.class)
        .hasMessageContaining("Linux on riscv64");
  }
}
