package dev.userservice.user.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/** JSON merge patch (RFC 7396, section 2). */
public final class MergePatch {

  private MergePatch() {}

  /** Applies a patch to a target, which is changed and answered. */
  public static ObjectNode apply(ObjectNode target, ObjectNode patch) {
    for (Map.Entry<String, JsonNode> change : patch.properties()) {
      String field = change.getKey();
      if (change.getValue().isNull()) {
        target.remove(field);
      } else if (change.getValue() instanceof ObjectNode nested) {
        ObjectNode inner =
            target.get(field) instanceof ObjectNode object ? object : target.objectNode();
        target.set(field, apply(inner, nested));
      } else {
        target.set(field, change.getValue());
      }
    }
    return target;
  }
}
