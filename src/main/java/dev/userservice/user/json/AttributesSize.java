package dev.userservice.user.json;

import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** At most {@link Attributes#MAXIMUM_BYTES} of compact JSON. */
@Documented
@Constraint(validatedBy = AttributesSize.Validator.class)
@Target({ElementType.FIELD, ElementType.PARAMETER, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
public @interface AttributesSize {

  String message() default "must be at most 16384 bytes of JSON";

  Class<?>[] groups() default {};

  Class<? extends Payload>[] payload() default {};

  /** Checks the annotated attributes; null stands for none. */
  final class Validator implements ConstraintValidator<AttributesSize, Attributes> {

    @Override
    public boolean isValid(@Nullable Attributes value, ConstraintValidatorContext context) {
      return value == null
          || value.json().length() <= Attributes.MAXIMUM_BYTES / 3
          || value.json().getBytes(StandardCharsets.UTF_8).length <= Attributes.MAXIMUM_BYTES;
    }
  }
}
