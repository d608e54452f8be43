package dev.userservice.http;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jboss.resteasy.reactive.server.SimpleResourceInfo;

/**
 * Refuses what a client may rely on and the operation does not heed, so that nothing is ignored in
 * silence: a condition, key or level of consistency that the operation does not declare, an unknown
 * query parameter, an empty value, a second value of what has one, and a body whose type or coding
 * is not said or not read. Says who may keep the answer. Thread-safe; what an operation declares is
 * read once.
 */
final class RequestContract {

  /** Headers that change what a request does: an operation heeds each or refuses it. */
  private static final List<String> HEEDED_OR_REFUSED =
      List.of(
          "If-Match",
          "If-None-Match",
          "If-Unmodified-Since",
          "Idempotency-Key",
          "Consistency",
          "Consistency-Token",
          "Content-Range");

  private static final String CONTENT_TYPE = "content-type";
  private static final String CONTENT_ENCODING = "content-encoding";
  private static final String CONTENT_LENGTH = "content-length";

  /** A length of fewer digits is a long. */
  private static final int MOST_DIGITS = 18;

  private static final Set<HttpMethod> WITH_BODY =
      Set.of(HttpMethod.POST, HttpMethod.PUT, HttpMethod.PATCH);

  private static final ClassValue<Map<String, OperationInputs>> INPUTS =
      new ClassValue<>() {
        @Override
        protected Map<String, OperationInputs> computeValue(Class<?> resource) {
          return new ConcurrentHashMap<>();
        }
      };

  @ServerRequestFilter
  void check(SimpleResourceInfo operation, RoutingContext context) {
    HttpServerRequest request = context.request();
    Class<?> resource = operation.getResourceClass();
    if (resource == null) {
      return;
    }
    OperationInputs inputs = inputs(resource, operation.getMethodName());
    checkHeaders(request.headers(), inputs.headers());
    String query = request.query();
    if (query != null) {
      if (!PercentEncoding.isOfUtf8(query)) {
        throw malformed("The query of the URL must be percent-encoded UTF-8.");
      }
      checkParameters(context.queryParams(), inputs.parameters());
    }
    checkBody(request);
    if (inputs.cacheControl() != null) {
      request.response().putHeader(HttpHeaders.CACHE_CONTROL, inputs.cacheControl());
    }
    if (inputs.bounded()) {
      checkDeclaredLength(request);
    }
  }

  private static OperationInputs inputs(Class<?> resource, String method) {
    Map<String, OperationInputs> known = INPUTS.get(resource);
    OperationInputs inputs = known.get(method);
    return inputs == null
        ? known.computeIfAbsent(method, name -> OperationInputs.of(resource, name))
        : inputs;
  }

  private static void checkHeaders(MultiMap sent, Map<String, Boolean> heeded) {
    for (String name : HEEDED_OR_REFUSED) {
      if (sent.contains(name)) {
        Boolean many = heeded.get(name);
        if (many == null) {
          throw malformed("This operation does not heed the header " + name + ".");
        }
        checkValues("header " + name, sent.getAll(name), many);
      }
    }
  }

  private static void checkParameters(MultiMap sent, Map<String, Boolean> declared) {
    for (String name : sent.names()) {
      Boolean many = declared.get(name);
      if (many == null) {
        throw malformed(
            "This operation has no parameter of this name: " + MalformedJson.shortened(name));
      }
      checkValues("parameter " + name, sent.getAll(name), many);
    }
  }

  private static void checkValues(String input, List<String> values, boolean many) {
    if (values.size() > 1 && !many) {
      throw malformed("The " + input + " must not come more than once.");
    }
    for (String value : values) {
      if (value.isBlank()) {
        throw malformed("The " + input + " must not be empty; leave it out instead.");
      }
    }
  }

  private static void checkBody(HttpServerRequest request) {
    MultiMap headers = request.headers();
    String coding = headers.get(CONTENT_ENCODING);
    if (coding != null && !coding.strip().equalsIgnoreCase("identity")) {
      throw new ProblemException(
              ProblemType.UNSUPPORTED_MEDIA_TYPE, "A body is read without any Content-Encoding.")
          .header("Accept-Encoding", "identity");
    }
    List<String> types = headers.getAll(CONTENT_TYPE);
    if (types.size() > 1) {
      throw malformed("The header Content-Type must not come more than once.");
    }
    if (types.isEmpty() && hasBody(request)) {
      throw new ProblemException(
          ProblemType.UNSUPPORTED_MEDIA_TYPE, "A body needs a Content-Type.");
    }
  }

  // Before a byte of it is read, and before a client that asks whether to send it is told to.
  private static void checkDeclaredLength(HttpServerRequest request) {
    String length = request.getHeader(CONTENT_LENGTH);
    if (length != null && isBeyondBound(length.strip())) {
      LastRequest.endWith(request);
      throw new BodyTooLargeException();
    }
  }

  private static boolean isBeyondBound(String length) {
    return length.length() > MOST_DIGITS || Long.parseLong(length) > BodyLimit.BYTES;
  }

  // A request of HTTP/2 may say neither, and whether it has ended is not known yet.
  private static boolean hasBody(HttpServerRequest request) {
    String length = request.getHeader(CONTENT_LENGTH);
    if (length != null) {
      return !length.strip().equals("0");
    }
    return request.headers().contains("transfer-encoding")
        || (request.version() == HttpVersion.HTTP_2 && WITH_BODY.contains(request.method()));
  }

  private static ProblemException malformed(String detail) {
    return new ProblemException(ProblemType.MALFORMED_REQUEST, detail);
  }
}
