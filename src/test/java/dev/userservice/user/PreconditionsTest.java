package dev.userservice.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.userservice.http.ProblemException;
import dev.userservice.user.json.Attributes;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which writes the conditions of a request allow; PRESENT stands for the user's own tag. */
final class PreconditionsTest {

  private static final Instant NOW = Instant.parse("2026-05-06T07:08:09.123456Z");
  private static final User PRESENT =
      new User(7, "Ada", null, null, Attributes.NONE, 3, NOW.minusSeconds(60), NOW);

  @Test
  void aRequestWithoutConditionsHasNone() {
    assertThat(preconditions(null, null).none()).isTrue();
    assertThat(preconditions("*", null).none()).isFalse();
    assertThat(preconditions(null, "*").none()).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      quoteCharacter = '\'',
      value = {
        // If-Match, If-None-Match, allowed on the present user, allowed without a user
        "-,                -,               true,  true",
        "PRESENT,          -,               true,  false",
        "*,                -,               true,  false",
        "'\"x\", PRESENT', -,               true,  false",
        "\"x\",            -,               false, false",
        "W/PRESENT,        -,               false, false",
        "-,                *,               false, true",
        "-,                PRESENT,         false, true",
        "-,                W/PRESENT,       false, true",
        "-,                '\"x\", \"y\"',  true,  true",
        "PRESENT,          \"x\",           true,  false",
        "PRESENT,          PRESENT,         false, false",
        "\"x\",            *,               false, false"
      })
  void conditionsDecideByThePresentUser(
      @Nullable String ifMatch, @Nullable String ifNoneMatch, boolean onPresent, boolean onNone) {
    Preconditions conditions = preconditions(ifMatch, ifNoneMatch);
    assertAllowed(onPresent, conditions, Optional.of(PRESENT));
    assertAllowed(onNone, conditions, Optional.empty());
  }

  private static void assertAllowed(
      boolean allowed, Preconditions conditions, Optional<User> present) {
    if (allowed) {
      assertThatCode(() -> conditions.checkForWrite(present)).doesNotThrowAnyException();
    } else {
      assertThatThrownBy(() -> conditions.checkForWrite(present))
          .isInstanceOfSatisfying(
              ProblemException.class,
              failed -> assertThat(failed.problem().status()).isEqualTo(412));
    }
  }

  private static Preconditions preconditions(
      @Nullable String ifMatch, @Nullable String ifNoneMatch) {
    Preconditions conditions = new Preconditions();
    conditions.ifMatch = withTag(ifMatch);
    conditions.ifNoneMatch = withTag(ifNoneMatch);
    return conditions;
  }

  private static List<String> withTag(@Nullable String header) {
    return header == null
        ? List.of()
        : List.of(header.replace("PRESENT", PRESENT.entityTag().header()));
  }
}
