package dev.userservice.http.server;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.CorsHandler;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Set;

/**
 * Lets the pages of the named origins use the API from a browser (CORS, in the Fetch standard).
 * Requests of other origins are answered as without it: the browser keeps the answer from the page,
 * and sends no write, since each needs a preflight. Nothing is installed if no origin is named.
 */
@Singleton
final class CrossOrigin {

  /** After the filters, which have the order of their negative priority: this adds to a header. */
  private static final int AFTER_FILTERS = -500;

  private static final String ANY = "*";
  private static final int REMEMBERED_SECONDS = 600;

  private static final Set<HttpMethod> METHODS =
      Set.of(
          HttpMethod.GET,
          HttpMethod.HEAD,
          HttpMethod.POST,
          HttpMethod.PUT,
          HttpMethod.PATCH,
          HttpMethod.DELETE);

  private static final Set<String> REQUEST_HEADERS =
      Set.of(
          "Accept",
          "Authorization",
          "Content-Type",
          "If-Match",
          "If-None-Match",
          "Idempotency-Key",
          "Consistency",
          "Consistency-Token");

  private static final Set<String> RESPONSE_HEADERS =
      Set.of(
          "Allow",
          "Consistency-Token",
          "Date",
          "ETag",
          "Idempotent-Replayed",
          "Link",
          "Location",
          "Retry-After",
          "Served-By");

  private final Set<String> origins;

  CrossOrigin(HttpConfig config) {
    this.origins = config.corsOrigins().map(Set::copyOf).orElse(Set.of());
  }

  void install(@Observes Router router) {
    if (!origins.isEmpty()) {
      CorsHandler answers = handler();
      router.route().order(AFTER_FILTERS).handler(context -> handle(context, answers));
    }
  }

  private CorsHandler handler() {
    CorsHandler handler = CorsHandler.create();
    return (origins.contains(ANY) ? handler : handler.addOrigins(List.copyOf(origins)))
        .allowedMethods(METHODS)
        .allowedHeaders(REQUEST_HEADERS)
        .exposedHeaders(RESPONSE_HEADERS)
        .maxAgeSeconds(REMEMBERED_SECONDS);
  }

  private void handle(RoutingContext context, CorsHandler answers) {
    String origin = context.request().getHeader(HttpHeaders.ORIGIN);
    if (origins.contains(ANY)) {
      answers.handle(context);
      return;
    }
    MultiMap headers = context.response().headers();
    String vary = headers.get(HttpHeaders.VARY);
    headers.set(HttpHeaders.VARY, vary == null ? "origin" : vary + ", origin");
    if (origin == null || origins.contains(origin)) {
      answers.handle(context);
    } else {
      context.next();
    }
  }
}
