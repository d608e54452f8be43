package dev.userservice.user.api;

import dev.userservice.http.ProblemException;
import dev.userservice.http.ProblemType;
import dev.userservice.user.UserId;
import dev.userservice.user.rule.EmailAddress;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.ws.rs.QueryParam;
import java.util.Arrays;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;

/** The parameters of {@code GET /users}: {@code ids}, or a page of all users or of an address. */
@RegisterForReflection
final class UserQuery {

  static final int DEFAULT_LIMIT = 50;
  static final int MAXIMUM_LIMIT = 1000;

  @QueryParam("cursor")
  @Parameter(
      description = "nextCursor of the page before",
      schema = @Schema(type = SchemaType.STRING, pattern = "^[A-Za-z0-9_-]{18}$"))
  @Nullable String cursor;

  @QueryParam("limit")
  @Parameter(
      description = "Users per page, 50 when absent; not together with ids",
      schema =
          @Schema(
              type = SchemaType.INTEGER,
              format = "int32",
              minimum = "1",
              maximum = "" + MAXIMUM_LIMIT))
  @Nullable String limit;

  @QueryParam("ids")
  @Parameter(
      description = "The users with these IDs; separated by commas, or one parameter for each",
      schema =
          @Schema(
              type = SchemaType.ARRAY,
              implementation = UserId.class,
              minItems = 1,
              maxItems = MAXIMUM_LIMIT))
  List<String> ids = List.of();

  @QueryParam("email")
  @Parameter(
      description = "The users with this e-mail address, in any case; not together with ids",
      schema =
          @Schema(
              type = SchemaType.STRING,
              format = "email",
              maxLength = EmailAddress.MAXIMUM_LENGTH,
              pattern = EmailAddress.FORM))
  @Nullable String email;

  int limitOrDefault() {
    if (limit == null) {
      return DEFAULT_LIMIT;
    }
    try {
      int number = Integer.parseInt(limit);
      if (number >= 1 && number <= MAXIMUM_LIMIT) {
        return number;
      }
    } catch (NumberFormatException notANumber) {
      // answered below, like a number out of range
    }
    throw malformed("The limit is a whole number from 1 to " + MAXIMUM_LIMIT + ".");
  }

  List<Long> idList() {
    if (ids.isEmpty()) {
      return List.of();
    }
    String[] parts = String.join(",", ids).split(",", MAXIMUM_LIMIT + 1);
    if (parts.length > MAXIMUM_LIMIT) {
      throw malformed("No more than " + MAXIMUM_LIMIT + " IDs can be asked for at a time.");
    }
    return Arrays.stream(parts).map(String::strip).map(UserId::parse).distinct().toList();
  }

  /** Refuses more than one kind of question. */
  void check() {
    if (!ids.isEmpty() && (cursor != null || limit != null || email != null)) {
      throw malformed("Ask for ids alone: they have no pages, and are not looked up by email.");
    }
  }

  /** The address; refuses a text that no user's address can be. */
  String address() {
    String address = email == null ? "" : email;
    if (!EmailAddress.Text.isAddress(address)) {
      throw malformed(
          "The email is an address: at most "
              + EmailAddress.MAXIMUM_LENGTH
              + " characters, with one @ between others.");
    }
    return address;
  }

  private static ProblemException malformed(String detail) {
    return new ProblemException(ProblemType.MALFORMED_REQUEST, detail);
  }
}
