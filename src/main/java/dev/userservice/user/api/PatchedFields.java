package dev.userservice.user.api;

import dev.userservice.user.json.Attributes;
import dev.userservice.user.rule.EmailAddress;
import dev.userservice.user.rule.UserAge;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * The body of a request that patches a user, for the OpenAPI document alone: a record would not
 * tell a field that is null from one that is absent, so {@link dev.userservice.user.UserPatch}
 * reads it.
 *
 * @param name as in {@link UserBody}
 * @param age as in {@link UserBody}; null removes it
 * @param email as in {@link UserBody}; null removes it
 * @param attributes merged field by field; null removes all
 */
@Schema(
    name = "UserPatch",
    description =
        "A merge patch: what is absent stays, and null removes. Attributes are merged field by"
            + " field. The fields that only the service sets may be sent back as they were read.",
    additionalProperties = Schema.False.class)
record PatchedFields(
    @Schema(minLength = 1, maxLength = 200) @Nullable String name,
    @UserAge @Schema(nullable = true) @Nullable Integer age,
    @EmailAddress
        @Schema(format = "email", maxLength = EmailAddress.MAXIMUM_LENGTH, nullable = true)
        @Nullable String email,
    @Schema(nullable = true) @Nullable Attributes attributes) {}
