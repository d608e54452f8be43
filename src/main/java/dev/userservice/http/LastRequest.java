package dev.userservice.http;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;

/**
 * Ends a connection after the answer to a request whose body is not read (RFC 9112, section 9.6).
 * The client has some time to read the answer: what it still sends would make the kernel drop the
 * answer if the connection was closed at once. Of HTTP/2 only the stream ends.
 */
public final class LastRequest {

  private static final long GRACE_MILLIS = 1000;

  private LastRequest() {}

  /** Must be called on the request's context, before its answer is begun. */
  public static void endWith(HttpServerRequest request) {
    Context context = Vertx.currentContext();
    if (request.version() == HttpVersion.HTTP_2 || context == null) {
      return;
    }
    request.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
    request
        .response()
        .bodyEndHandler(
            sent -> context.owner().setTimer(GRACE_MILLIS, passed -> request.connection().close()));
  }
}
