package dev.userservice.user;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.userservice.http.MalformedJson;
import dev.userservice.http.Problem;
import dev.userservice.http.ProblemException;
import dev.userservice.http.ProblemType;
import dev.userservice.user.json.ExactTree;
import dev.userservice.user.json.MergePatch;
import java.io.IOException;
import java.util.List;

/**
 * A merge patch of a user: null removes a field, attributes are merged field by field.
 *
 * @param changes the patch document
 */
@JsonDeserialize(using = UserPatch.Deserializer.class)
public record UserPatch(ObjectNode changes) {

  private static final List<String> READ_ONLY = List.of("id", "version", "createdAt", "updatedAt");

  /** The same changes in one order, by which two spellings of one patch are equal. */
  UserPatch inOrder() {
    return new UserPatch((ObjectNode) ExactTree.inOrder(changes));
  }

  /**
   * What the user's fields are after the patch; not yet validated. A field that only the service
   * sets may be named only with its present value.
   */
  UserRequest applyTo(User user, ObjectMapper mapper) {
    refuseOtherReadOnly(mapper.valueToTree(user));
    try {
      ObjectNode target =
          (ObjectNode)
              parse(
                  mapper.writeValueAsString(
                      new UserRequest(user.name(), user.age(), user.email(), user.attributes())),
                  mapper);
      return mapper.readValue(
          mapper.writeValueAsString(
              MergePatch.apply(target, changes.deepCopy().without(READ_ONLY))),
          UserRequest.class);
    } catch (JsonProcessingException wrongType) {
      throw MalformedJson.withoutPosition(wrongType);
    } catch (IOException inMemory) {
      throw new IllegalStateException(inMemory);
    }
  }

  private void refuseOtherReadOnly(JsonNode user) {
    List<Problem.FieldError> errors =
        READ_ONLY.stream()
            .filter(field -> changes.has(field))
            .filter(field -> !changes.get(field).toString().equals(user.get(field).toString()))
            .map(field -> new Problem.FieldError(field, "cannot be changed"))
            .toList();
    if (!errors.isEmpty()) {
      throw new ProblemException(
          ProblemType.INVALID_VALUE, errors.get(0).field() + " cannot be changed.", errors);
    }
  }

  private static Object parse(String json, ObjectMapper mapper) throws IOException {
    try (JsonParser parser = mapper.createParser(json)) {
      parser.nextToken();
      return ExactTree.read(parser);
    }
  }

  /** Reads a patch without losing a digit. */
  static final class Deserializer extends JsonDeserializer<UserPatch> {

    @Override
    public UserPatch deserialize(JsonParser parser, DeserializationContext context)
        throws IOException {
      if (ExactTree.read(parser) instanceof ObjectNode changes) {
        return new UserPatch(changes);
      }
      return (UserPatch) context.handleUnexpectedToken(UserPatch.class, parser);
    }
  }
}
