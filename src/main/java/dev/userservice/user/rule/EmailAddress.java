package dev.userservice.user.rule;

import jakarta.validation.Constraint;
import jakarta.validation.Payload;
import jakarta.validation.constraints.Pattern;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The rule for an e-mail address: at most 254 characters with one @ between others, or absent. */
@Documented
@UnicodeText(max = EmailAddress.MAXIMUM_LENGTH)
@Pattern(regexp = EmailAddress.FORM, message = "must be an e-mail address")
@Constraint(validatedBy = {})
@Target({ElementType.FIELD, ElementType.PARAMETER, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
public @interface EmailAddress {

  /** Code points at most. */
  int MAXIMUM_LENGTH = 254;

  /**
   * What an address looks like. Anchored, since clients search for it; a match takes linear time.
   */
  String FORM = "^[^@ \\t\\n\\x0B\\f\\r]+@[^@ \\t\\n\\x0B\\f\\r]+$";

  String message() default "";

  Class<?>[] groups() default {};

  Class<? extends Payload>[] payload() default {};

  /** The same rule for a text outside a validated object. */
  final class Text {

    private static final java.util.regex.Pattern PATTERN = java.util.regex.Pattern.compile(FORM);

    private Text() {}

    /** Whether a text keeps the rule. */
    public static boolean isAddress(String text) {
      return text.codePointCount(0, text.length()) <= MAXIMUM_LENGTH
          && UnicodeText.Validator.problem(text) == null
          && PATTERN.matcher(text).matches();
    }
  }
}
