package dev.userservice.user.bulk;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import dev.userservice.user.json.Attributes;
import dev.userservice.user.json.AttributesSize;
import dev.userservice.user.json.UnicodeText;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One line of an import: a user as {@code UserRequest} describes one, which may name its own ID.
 *
 * @param id 1 or more; a new one is drawn when absent
 */
@JsonIgnoreProperties({"version", "createdAt", "updatedAt"})
public record ImportedUser(
    @Min(1) @Nullable Long id,
    @NotNull @UnicodeText(max = 200) String name,
    @Min(0) @Max(150) @Nullable Integer age,
    @UnicodeText(max = 254)
        @Pattern(regexp = "[^\\s@]+@[^\\s@]+", message = "must be an e-mail address")
        @Nullable String email,
    @AttributesSize @Nullable Attributes attributes) {}
