package dev.userservice.user.rule;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.validation.ConstraintViolation;
import jakarta.validation.Validation;
import jakarta.validation.Validator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The bounds of a user's fields. */
final class UserFieldsTest {

  private static final Validator VALIDATOR =
      Validation.buildDefaultValidatorFactory().getValidator();

  record Fields(
      @UserName @Nullable String name,
      @UserAge @Nullable Integer age,
      @EmailAddress @Nullable String email) {}

  @Test
  void valuesOnTheirBoundsAreValid() {
    assertThat(problems(new Fields("a", null, null))).isEmpty();
    assertThat(problems(new Fields("n".repeat(200), 0, "a@b"))).isEmpty();
    assertThat(problems(new Fields("𝄞".repeat(200), 150, "a@" + "b".repeat(252)))).isEmpty();
  }

  @Test
  void aNameIsRequired() {
    assertThat(problems(new Fields(null, null, null))).isEqualTo("name must not be null");
  }

  @Test
  void namesBeyondTheirBoundsAreRefused() {
    assertThat(problems(new Fields("", null, null)))
        .isEqualTo("name must have from 1 to 200 characters");
    assertThat(problems(new Fields("𝄞".repeat(201), null, null)))
        .isEqualTo("name must have from 1 to 200 characters");
  }

  @Test
  void textsThatPostgresqlCannotStoreAreRefused() {
    assertThat(problems(new Fields("a\0", null, null)))
        .isEqualTo("name must not contain the character NUL");
    assertThat(problems(new Fields("\ud834", null, null)))
        .isEqualTo("name must not contain half of a surrogate pair");
    assertThat(problems(new Fields("\udd1e\ud834", null, null)))
        .isEqualTo("name must not contain half of a surrogate pair");
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 151, Integer.MAX_VALUE})
  void agesBeyondTheirBoundsAreRefused(int age) {
    assertThat(problems(new Fields("a", age, null))).startsWith("age must be ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "@", "a@", "@b", "a@b@c", "a b@c", "a@b\n"})
  void textsThatAreNoAddressesAreRefused(String email) {
    assertThat(problems(new Fields("a", null, email))).isEqualTo("email must be an e-mail address");
  }

  @Test
  void addressesBeyondTheirBoundAreRefused() {
    assertThat(problems(new Fields("a", null, "a@" + "b".repeat(253))))
        .isEqualTo("email must have from 1 to 254 characters");
  }

  private static String problems(Fields fields) {
    StringBuilder all = new StringBuilder();
    for (ConstraintViolation<Fields> violation : VALIDATOR.validate(fields)) {
      all.append(violation.getPropertyPath()).append(' ').append(violation.getMessage());
    }
    return all.toString();
  }
}
