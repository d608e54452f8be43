package dev.userservice.http.server;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.userservice.http.LastRequest;
import dev.userservice.http.Problem;
import dev.userservice.http.ProblemType;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

/** Answers what fails before a resource is found with problem details, as resources do. */
@Singleton
final class ServerProblems {

  private static final Logger LOG = Logger.getLogger(ServerProblems.class);
  private static final int BEFORE_ALL_OTHERS = Integer.MIN_VALUE;

  private final ObjectMapper mapper;
  private final HttpDate date;

  ServerProblems(ObjectMapper mapper, HttpDate date) {
    this.mapper = mapper;
    this.date = date;
  }

  void install(@Observes Router router) {
    router.route().order(BEFORE_ALL_OTHERS).failureHandler(this::failed);
    for (ProblemType type : ProblemType.values()) {
      router.errorHandler(type.status(), this::failed);
    }
  }

  private void failed(RoutingContext context) {
    HttpServerResponse response = context.response();
    if (response.headWritten() || response.ended()) {
      context.next();
      return;
    }
    int status = context.failure() instanceof IllegalArgumentException ? 400 : context.statusCode();
    ProblemType type = ProblemType.ofStatus(status < 400 ? 500 : status);
    if (type == ProblemType.INTERNAL) {
      LOG.error("A request failed", context.failure());
    }
    answer(context.request(), Problem.of(type, detail(type)));
  }

  /** Sends the problem as the answer to a request that nothing else answers. */
  Future<Void> answer(HttpServerRequest request, Problem problem) {
    HttpServerResponse response = request.response();
    response.setStatusCode(problem.status());
    response.putHeader(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE);
    response.putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
    response.putHeader(HttpHeaders.DATE, date.now());
    if (hasBody(request)) {
      LastRequest.endWith(request);
    }
    return response.end(body(problem));
  }

  /** The body of an answer. */
  Buffer body(Problem problem) {
    try {
      return Buffer.buffer(mapper.writeValueAsBytes(problem));
    } catch (JsonProcessingException inMemory) {
      throw new IllegalStateException(inMemory);
    }
  }

  /** The value of the header Date of an answer. */
  CharSequence date() {
    return date.now();
  }

  private static boolean hasBody(HttpServerRequest request) {
    return request.headers().contains(HttpHeaders.CONTENT_LENGTH)
        || request.headers().contains(HttpHeaders.TRANSFER_ENCODING);
  }

  private static String detail(ProblemType type) {
    return type == ProblemType.MALFORMED_REQUEST
        ? "The address or a header is not well-formed."
        : type.title() + ".";
  }
}
