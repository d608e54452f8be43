package dev.userservice.user;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.userservice.http.MalformedJson;
import dev.userservice.http.ProblemException;
import dev.userservice.http.ProblemType;
import dev.userservice.user.json.ExactTree;
import dev.userservice.user.json.MergePatch;
import java.io.IOException;

/**
 * A merge patch of a user: null removes a field, attributes are merged field by field.
 *
 * @param changes the patch document
 */
@JsonDeserialize(using = UserPatch.Deserializer.class)
public record UserPatch(ObjectNode changes) {

  /** What the user's fields are after the patch; not yet validated. */
  UserRequest applyTo(User user, ObjectMapper mapper) {
    try {
      ObjectNode target =
          (ObjectNode)
              parse(
                  mapper.writeValueAsString(
                      new UserRequest(user.name(), user.age(), user.email(), user.attributes())),
                  mapper);
      return mapper.readValue(
          mapper.writeValueAsString(MergePatch.apply(target, changes)), UserRequest.class);
    } catch (JsonProcessingException wrongType) {
      throw new ProblemException(
          ProblemType.MALFORMED_REQUEST, MalformedJson.detail(wrongType), wrongType);
    } catch (IOException inMemory) {
      throw new IllegalStateException(inMemory);
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
