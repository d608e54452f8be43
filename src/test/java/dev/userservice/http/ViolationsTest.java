package dev.userservice.http;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.validation.Valid;
import jakarta.validation.Validation;
import jakarta.validation.Validator;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Broken constraints as problem details. */
final class ViolationsTest {

  private static final Validator VALIDATOR =
      Validation.buildDefaultValidatorFactory().getValidator();

  /** Its name may be missing, for validation to refuse it. */
  @SuppressWarnings("MultipleNullnessAnnotations")
  record Document(
      @Size(min = 1) String name, @Min(0) @Max(150) int age, @Valid @Nullable Part part) {}

  record Part(@Size(max = 1) String code) {}

  /** Where a body arrives. */
  static final class Receiver {

    void receive(@NotNull @Valid Document body) {}
  }

  @Test
  void eachFieldHasAnEntryInTheOrderOfNames() {
    Problem problem = Violations.problem(VALIDATOR.validate(new Document("", -1, new Part("ab"))));
    assertThat(problem.status()).isEqualTo(422);
    assertThat(problem.type()).isEqualTo("/problems/invalid-value");
    assertThat(problem.errors())
        .extracting(Problem.FieldError::field)
        .containsExactly("age", "code", "name");
    assertThat(problem.detail()).isEqualTo("age must be greater than or equal to 0.");
  }

  @Test
  void theExceptionCarriesTheSameProblem() {
    ProblemException refused =
        Violations.exception(VALIDATOR.validate(new Document("Ada", 151, null)));
    assertThat(refused.problem().errors())
        .isEqualTo(List.of(new Problem.FieldError("age", "must be less than or equal to 150")));
    assertThat(refused.getStackTrace()).isEmpty();
  }

  @Test
  void aMissingBodyCannotBeRead() throws NoSuchMethodException {
    Problem problem =
        Violations.problem(
            VALIDATOR
                .forExecutables()
                .validateParameters(
                    new Receiver(),
                    Receiver.class.getDeclaredMethod("receive", Document.class),
                    new Object[] {null}));
    assertThat(problem.status()).isEqualTo(400);
    assertThat(problem.detail()).isEqualTo("The request needs a body.");
  }
}
