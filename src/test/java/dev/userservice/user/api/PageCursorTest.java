package dev.userservice.user.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.userservice.http.ProblemException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PageCursorTest {

  @ParameterizedTest
  @ValueSource(longs = {1, 42, Long.MAX_VALUE})
  void aCursorIsReadBack(long id) {
    assertThat(PageCursor.parse(new PageCursor(id).toString())).isEqualTo(new PageCursor(id));
  }

  /** Clients keep cursors over an update of the service. */
  @Test
  void aCursorOfAnEarlierReleaseIsRead() {
    assertThat(new PageCursor(42)).hasToString("AQAAAAAAAAAqKsnJOw");
    assertThat(PageCursor.parse("AQAAAAAAAAAqKsnJOw").afterId()).isEqualTo(42);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, -1, Long.MIN_VALUE})
  void aCursorBehindNoIdIsRefused(long id) {
    assertThatThrownBy(() -> PageCursor.parse(new PageCursor(id).toString()))
        .isInstanceOf(ProblemException.class);
  }

  @Test
  void noCursorIsTheFirstPage() {
    assertThat(PageCursor.parse(null).afterId()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "====", "AQAAAAAAAAAqAAAAAA", "eyJpZCI6MX0", "1234567890123456"})
  void aForeignCursorIsRefused(String text) {
    assertThatThrownBy(() -> PageCursor.parse(text)).isInstanceOf(ProblemException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a@b", "A@b", "a@bc", "ω@x.gr"})
  void aCursorBelongsToItsList(String email) {
    String cursor = new PageCursor(42, email).toString();
    assertThat(PageCursor.parse(cursor, email)).isEqualTo(new PageCursor(42, email));
    for (String other : new String[] {"", "a@b", "A@b", "b@a", "a@bc", "Ω@x.gr", "ω@x.gr"}) {
      if (!other.equals(email)) {
        assertThatThrownBy(() -> PageCursor.parse(cursor, other))
            .as(other)
            .isInstanceOf(ProblemException.class);
      }
    }
  }

  @Test
  void aCursorWithOneLetterChangedIsRefused() {
    String cursor = new PageCursor(4711).toString();
    for (int index = 0; index < cursor.length(); index++) {
      char other = cursor.charAt(index) == 'A' ? 'B' : 'A';
      String changed = cursor.substring(0, index) + other + cursor.substring(index + 1);
      assertThatThrownBy(() -> PageCursor.parse(changed)).isInstanceOf(ProblemException.class);
    }
  }
}
