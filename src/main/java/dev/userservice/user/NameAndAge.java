package dev.userservice.user;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import dev.userservice.user.rule.UserAge;
import dev.userservice.user.rule.UserName;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * The body of {@code POST /user/{id}}; an {@code id} in it is ignored.
 *
 * @param name 1 to 200 characters of any script
 * @param age 0 to 150, or absent
 */
@JsonIgnoreProperties("id")
@Schema(
    description = "A name and an age; a field id is ignored",
    requiredProperties = "name",
    additionalProperties = Schema.False.class)
public record NameAndAge(
    @UserName @Schema(minLength = 1, maxLength = 200) String name,
    @UserAge @Schema(minimum = "0", maximum = "150", nullable = true) @Nullable Integer age) {}
