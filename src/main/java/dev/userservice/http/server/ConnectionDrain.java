package dev.userservice.http.server;

import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/**
 * Asks clients to close each connection once the process shuts down. A load balancer opens no new
 * connections to the process then, but clients keep the present ones, and a request on one of them
 * after {@code quarkus.shutdown.delay} is refused.
 */
@Singleton
final class ConnectionDrain {

  private static final int BEFORE_ALL_OTHERS = 1000;
  private static final long NO_ERROR = 0;

  private volatile boolean leaving;

  void onLeave(@Observes ShutdownDelayInitiatedEvent event) {
    leaving = true;
  }

  void install(@Observes Filters filters) {
    filters.register(this::ask, BEFORE_ALL_OTHERS);
  }

  private void ask(RoutingContext request) {
    if (leaving) {
      if (request.request().version() == HttpVersion.HTTP_2) {
        // Nothing that the client has sent in the meantime is dropped (RFC 9113, section 6.8).
        request.request().connection().goAway(NO_ERROR, Integer.MAX_VALUE);
      } else {
        request.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
      }
    }
    request.next();
  }
}
