package dev.userservice.wal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class LogPositionTest {

  @Test
  void lsnTextIsParsed() {
    assertThat(LogPosition.parseLsn("16/B374D848")).isEqualTo(0x16_B374_D848L);
    assertThat(new LogPosition(3, 0x16_B374_D848L)).hasToString("3:16/B374D848");
  }

  @Test
  void positionsCompareWithinATimelineOnly() {
    LogPosition early = new LogPosition(1, 100);
    assertThat(new LogPosition(1, 100).reaches(early)).isTrue();
    assertThat(new LogPosition(1, 99).reaches(early)).isFalse();
    assertThat(new LogPosition(2, 500).reaches(early)).isFalse();
  }

  @Test
  void positionsAreUnsigned() {
    assertThat(new LogPosition(1, -1).reaches(new LogPosition(1, Long.MAX_VALUE))).isTrue();
  }
}
