package dev.userservice.user;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

final class EntityTagTest {

  private final EntityTag tag = new EntityTag(3, Instant.parse("2026-05-06T07:08:09.123456Z"));

  @Test
  void aTagIsFoundInAList() {
    assertThat(tag.isIn("\"x\", " + tag.header())).isTrue();
    assertThat(tag.isIn("*")).isTrue();
    assertThat(tag.isIn("\"x\"")).isFalse();
  }

  @Test
  void onlyTheWeakComparisonTakesAWeakTag() {
    assertThat(tag.isIn("W/" + tag.header())).isFalse();
    assertThat(tag.isWeaklyIn("W/" + tag.header())).isTrue();
  }

  @Test
  void aUserCreatedAgainHasAnotherTag() {
    assertThat(new EntityTag(3, tag.updatedAt().plusNanos(1000)).header())
        .isNotEqualTo(tag.header());
  }
}
