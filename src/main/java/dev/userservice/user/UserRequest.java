package dev.userservice.user;

import dev.userservice.user.json.Attributes;
import dev.userservice.user.json.AttributesSize;
import dev.userservice.user.rule.EmailAddress;
import dev.userservice.user.rule.UserAge;
import dev.userservice.user.rule.UserName;
import org.jspecify.annotations.Nullable;

/**
 * What a user is to be: the fields that a caller chooses.
 *
 * @param name 1 to 200 characters of any script, not only blanks
 * @param age 0 to 150, or absent
 * @param email an address, or absent
 * @param attributes at most 16 KiB; absent means none
 */
public record UserRequest(
    @UserName String name,
    @UserAge @Nullable Integer age,
    @EmailAddress @Nullable String email,
    @AttributesSize @Nullable Attributes attributes) {

  /** The attributes, an empty object if none were given. */
  public Attributes attributesOrNone() {
    return attributes == null ? Attributes.NONE : attributes;
  }

  /** The same values in one order, by which two spellings of one request are equal. */
  UserRequest inOrder() {
    return attributes == null || attributes.equals(Attributes.NONE)
        ? new UserRequest(name, age, email, null)
        : new UserRequest(name, age, email, attributes.inOrder());
  }
}
