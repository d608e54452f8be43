package dev.userservice.user.bulk;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import dev.userservice.user.UserId;
import dev.userservice.user.json.Attributes;
import dev.userservice.user.json.AttributesSize;
import dev.userservice.user.rule.EmailAddress;
import dev.userservice.user.rule.UserAge;
import dev.userservice.user.rule.UserName;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.jspecify.annotations.Nullable;

/**
 * One line of an import: the fields of {@code UserRequest}, and optionally an ID.
 *
 * @param id 1 to {@link UserId#MAXIMUM}; a new one is drawn when absent
 */
@JsonIgnoreProperties({"version", "createdAt", "updatedAt"})
record ImportedUser(
    @Min(1) @Max(UserId.MAXIMUM) @Nullable Long id,
    @UserName String name,
    @UserAge @Nullable Integer age,
    @EmailAddress @Nullable String email,
    @AttributesSize @Nullable Attributes attributes) {}
