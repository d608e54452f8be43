package dev.userservice.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.userservice.http.ProblemException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class EntityTagTest {

  private final EntityTag tag = new EntityTag(3, Instant.parse("2026-05-06T07:08:09.123456Z"));

  @Test
  void aTagIsFoundInAList() {
    assertThat(list("\"x\", " + tag.header()).names(tag)).isTrue();
    assertThat(list("*").names(tag)).isTrue();
    assertThat(list("\"x\"").names(tag)).isFalse();
  }

  @Test
  void onlyTheWeakComparisonTakesAWeakTag() {
    assertThat(list("W/" + tag.header()).names(tag)).isFalse();
    assertThat(list("W/" + tag.header()).namesWeakly(tag)).isTrue();
  }

  @Test
  void aUserCreatedAgainHasAnotherTag() {
    assertThat(new EntityTag(3, tag.updatedAt().plusNanos(1000)).header())
        .isNotEqualTo(tag.header());
  }

  @Test
  void allLinesAreOneList() {
    assertThat(EntityTagList.of("If-Match", List.of("\"x\"", tag.header() + " ,", "")).names(tag))
        .isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"x", "\"x", "\"x\"y", "\"x\" \"y\"", "w/\"x\"", "*, \"x\"", "**", "\"a b\""})
  void whatIsNoListOfTagsIsRefused(String text) {
    assertThatThrownBy(() -> list(text)).isInstanceOf(ProblemException.class);
  }

  private static EntityTagList list(String text) {
    return EntityTagList.of("If-Match", List.of(text));
  }
}
