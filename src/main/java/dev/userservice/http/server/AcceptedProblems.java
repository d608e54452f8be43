package dev.userservice.http.server;

import dev.userservice.http.Problem;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Reads {@code application/problem+json} in an Accept header as a word about failures alone. No
 * operation answers a success in that form, so a client that accepts nothing else would be refused
 * with 406 whatever it asks for; such clients are generated. What else the header accepts counts as
 * it did.
 */
@Singleton
final class AcceptedProblems {

  private static final int BEFORE_RESOURCES = 900;

  void install(@Observes Filters filters) {
    filters.register(AcceptedProblems::read, BEFORE_RESOURCES);
  }

  private static void read(RoutingContext request) {
    MultiMap headers = request.request().headers();
    String accept = headers.get(HttpHeaders.ACCEPT);
    // Most requests say nothing of problems: they pay for no more than this look.
    if (accept != null && accept.toLowerCase(Locale.ROOT).contains("problem")) {
      headers.set(HttpHeaders.ACCEPT, ofSuccess(headers.getAll(HttpHeaders.ACCEPT)));
    }
    request.next();
  }

  /** What the lines of an Accept header say about the answer to a request that succeeds. */
  static String ofSuccess(List<String> lines) {
    String others =
        lines.stream()
            .flatMap(line -> Arrays.stream(line.split(",", -1)))
            .map(String::strip)
            .filter(range -> !range.isEmpty() && !isProblem(range))
            .collect(Collectors.joining(", "));
    return others.isEmpty() ? "*/*" : others;
  }

  private static boolean isProblem(String range) {
    int parameters = range.indexOf(';');
    String type = parameters < 0 ? range : range.substring(0, parameters);
    return type.strip().toLowerCase(Locale.ROOT).equals(Problem.MEDIA_TYPE);
  }
}
