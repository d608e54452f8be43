package dev.userservice.user.rule;

import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.jspecify.annotations.Nullable;

/** Text in any script: a bounded number of code points, none of them NUL or half a character. */
@Documented
@Constraint(validatedBy = UnicodeText.Validator.class)
@Target({ElementType.FIELD, ElementType.PARAMETER, ElementType.METHOD, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
public @interface UnicodeText {

  /** Code points at most. */
  int max();

  String message() default "must have from 1 to {max} characters";

  Class<?>[] groups() default {};

  Class<? extends Payload>[] payload() default {};

  /** Checks the annotated text; null is another constraint's matter. */
  final class Validator implements ConstraintValidator<UnicodeText, String> {

    /** Letters and symbols without a shape: fillers of Hangul, and the empty Braille pattern. */
    private static final String BLANK_LETTERS = "\u115F\u1160\u3164\uFFA0\u2800";

    private int max;

    @Override
    public void initialize(UnicodeText constraint) {
      max = constraint.max();
    }

    @Override
    public boolean isValid(@Nullable String text, ConstraintValidatorContext context) {
      if (text == null) {
        return true;
      }
      String problem = isBlank(text) ? "must not consist of blanks" : problem(text);
      if (problem != null) {
        context.disableDefaultConstraintViolation();
        context.buildConstraintViolationWithTemplate(problem).addConstraintViolation();
        return false;
      }
      return !text.isEmpty() && text.codePointCount(0, text.length()) <= max;
    }

    /** Whether there are characters, none of which is seen. */
    private static boolean isBlank(String text) {
      return !text.isEmpty() && text.codePoints().allMatch(Validator::isUnseen);
    }

    private static boolean isUnseen(int character) {
      return character != 0
          && (Character.isWhitespace(character)
              || Character.isSpaceChar(character)
              || Character.getType(character) == Character.FORMAT
              || Character.getType(character) == Character.CONTROL
              || BLANK_LETTERS.indexOf(character) >= 0);
    }

    /** What PostgreSQL could not keep of a text, in words; null if it is fine. */
    public static @Nullable String problem(String text) {
      for (int index = 0; index < text.length(); index++) {
        char unit = text.charAt(index);
        if (unit == 0) {
          return "must not contain the character NUL";
        }
        if (Character.isSurrogate(unit)) {
          if (index + 1 >= text.length()
              || !Character.isSurrogatePair(unit, text.charAt(index + 1))) {
            return "must not contain half of a surrogate pair";
          }
          index++;
        }
      }
      return null;
    }
  }
}
