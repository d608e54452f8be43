package dev.userservice.http.server;

import dev.userservice.http.Problem;
import dev.userservice.http.ProblemType;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/**
 * What holds for every request, whichever resource it is for: its address, its host, its
 * expectations, and the headers of its response that a resource need not set.
 */
@Singleton
final class RequestChecks {

  private static final int BEFORE_ALL_OTHERS = 1001;
  private static final String PAGES_OF_THE_FRAMEWORK = "/q/";

  /** Users are personal data: no cache keeps them unless a resource says so. */
  private static final CharSequence NO_STORE = HttpHeaders.createOptimized("no-store");

  /** What an answer depends on besides its address (RFC 9110, section 12.5.5). */
  private static final CharSequence VARY =
      HttpHeaders.createOptimized("Accept, Consistency, Consistency-Token");

  private final ServerProblems problems;
  private final HttpDate date;

  RequestChecks(ServerProblems problems, HttpDate date) {
    this.problems = problems;
    this.date = date;
  }

  void install(@Observes Filters filters) {
    filters.register(this::check, BEFORE_ALL_OTHERS);
  }

  private void check(RoutingContext context) {
    HttpServerRequest request = context.request();
    HttpServerResponse response = request.response();
    response.putHeader(HttpHeaders.DATE, date.now());
    if (!request.path().startsWith(PAGES_OF_THE_FRAMEWORK)) {
      response.putHeader(HttpHeaders.CACHE_CONTROL, NO_STORE);
      response.putHeader(HttpHeaders.VARY, VARY);
    }
    Problem problem = problem(request);
    if (problem == null) {
      context.next();
    } else {
      problems.answer(request, problem);
    }
  }

  private static @Nullable Problem problem(HttpServerRequest request) {
    MultiMap headers = request.headers();
    int hosts = headers.getAll(HttpHeaders.HOST).size();
    boolean optional = request.version() != HttpVersion.HTTP_1_1;
    if (hosts > 1 || (hosts == 0 && !optional)) {
      return Problem.of(
          ProblemType.MALFORMED_REQUEST, "The request needs exactly one header Host.");
    }
    if (!RequestTarget.isValid(request.uri())) {
      return Problem.of(ProblemType.MALFORMED_REQUEST, "The address is not well-formed.");
    }
    if (request.authority() == null && !optional) {
      return Problem.of(ProblemType.MALFORMED_REQUEST, "The host is not well-formed.");
    }
    String expected = headers.get(HttpHeaders.EXPECT);
    return expected == null || expected.equalsIgnoreCase("100-continue")
        ? null
        : Problem.of(
            ProblemType.EXPECTATION_FAILED, "The only expectation that is met is 100-continue.");
  }
}
