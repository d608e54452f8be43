package dev.userservice.kubernetes;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/** A request to the Kubernetes API that has failed. Its message is one line. */
public final class ApiException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** The status of a failure to which the API server did not answer. */
  public static final int NO_ANSWER = 0;

  private final int status;

  private ApiException(int status, String message, @Nullable Throwable cause) {
    super(oneLine(message), cause);
    this.status = status;
  }

  /** A refusal, which quotes the {@code Status} object that the API server answers. */
  static ApiException refused(int status, @Nullable Buffer body) {
    return new ApiException(status, status + " " + message(body), null);
  }

  /** A refusal by a {@code Status} object, such as a watch ends with. */
  static ApiException refused(JsonObject status) {
    int code = status.getInteger("code", NO_ANSWER);
    return new ApiException(code, code + " " + status.getString("message", "no message"), null);
  }

  /** A request without a usable answer, which quotes the innermost cause. */
  public static ApiException unanswered(Throwable cause) {
    Throwable root = cause;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    String message = root.getMessage() == null ? root.toString() : root.getMessage();
    return new ApiException(NO_ANSWER, message, cause);
  }

  /** The HTTP status of the API server's answer, or {@link #NO_ANSWER}. */
  public int status() {
    return status;
  }

  private static String message(@Nullable Buffer body) {
    if (body == null || body.length() == 0) {
      return "no message";
    }
    try {
      return body.toJsonObject().getString("message", "no message");
    } catch (DecodeException | ClassCastException otherText) {
      return body.toString();
    }
  }

  private static String oneLine(String text) {
    return text.replaceAll("\\s+", " ").strip();
  }
}
