package dev.userservice.contract;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/** Valid values of every parameter, and of fields of which the document says too little. */
public final class ApiValues {

  private ApiValues() {}

  /** Values of a session with a token that asks for a user; an empty one stands for none. */
  public static Map<String, Object> of(long id, String token) {
    Map<String, Object> values = new HashMap<>();
    values.put("id", id);
    values.put("consistency", "session");
    values.put("Consistency", "session");
    values.put("Consistency-Token", token);
    values.put("Idempotency-Key", "key-" + ThreadLocalRandom.current().nextLong());
    values.put("If-Match", "*");
    values.put("If-None-Match", "");
    values.put("limit", "10");
    values.put("cursor", "");
    values.put("ids", "");
    values.put("email", "");
    return values;
  }
}
