package dev.userservice.drill;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.net.URI;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Writes and reads users with a counter, over kept-alive connections. Calls and their callbacks run
 * on one event loop, so that workloads need no locks.
 */
final class UserClient implements AutoCloseable {

  private static final String TOKEN = "Consistency-Token";
  private static final Duration REQUEST_BOUND = Duration.ofSeconds(30);
  private static final String COUNTER = "\"counter\":";

  private final Vertx vertx = EventLoops.single();
  private final HttpClient client;
  private final RequestOptions base;
  private final URI service;

  UserClient(URI service, int connections) {
    this(service, connections, HttpVersion.HTTP_1_1);
  }

  UserClient(URI service, int connections, HttpVersion version) {
    this.service = service;
    this.client =
        vertx.createHttpClient(
            new HttpClientOptions()
                .setProtocolVersion(version)
                .setHttp2ClearTextUpgrade(false)
                .setKeepAlive(true)
                .setTcpNoDelay(true),
            new PoolOptions().setHttp1MaxSize(connections).setHttp2MaxSize(connections));
    this.base =
        new RequestOptions()
            .setHost(service.getHost())
            .setPort(service.getPort())
            .setTimeout(REQUEST_BOUND.toMillis());
  }

  /** The process that is asked. */
  URI service() {
    return service;
  }

  /** Starts a workload on the client's event loop. */
  <T> Future<T> start(Supplier<Future<T>> workload) {
    return Future.future(
        promise -> vertx.runOnContext(ignored -> workload.get().onComplete(promise)));
  }

  /** Runs a workload on the client's event loop and waits for its end. */
  <T> T run(Supplier<Future<T>> workload, Duration atMost) {
    return EventLoops.await(start(workload), atMost);
  }

  /** For timers on the same event loop. */
  Vertx vertx() {
    return vertx;
  }

  /** Sets a user's counter, creating the user if need be. The future never fails. */
  Future<UserAnswer> put(long id, long counter, @Nullable String token) {
    Buffer body = Buffer.buffer("{\"name\":\"drill\",\"attributes\":{" + COUNTER + counter + "}}");
    return request(HttpMethod.PUT, id, token, null)
        .compose(request -> request.putHeader("Content-Type", "application/json").send(body))
        .compose(UserClient::read)
        .otherwise(UserAnswer::lost);
  }

  /**
   * Reads a user. The future never fails.
   *
   * @param consistency the request header, absent when null
   * @param token the session's last token, absent when null
   */
  Future<UserAnswer> get(long id, @Nullable String consistency, @Nullable String token) {
    return request(HttpMethod.GET, id, token, consistency)
        .compose(HttpClientRequest::send)
        .compose(UserClient::read)
        .otherwise(UserAnswer::lost);
  }

  @Override
  public void close() {
    EventLoops.await(vertx.close(), Duration.ofSeconds(10));
  }

  private Future<HttpClientRequest> request(
      HttpMethod method, long id, @Nullable String token, @Nullable String consistency) {
    RequestOptions options = new RequestOptions(base).setMethod(method).setURI("/users/" + id);
    if (token != null) {
      options.putHeader(TOKEN, token);
    }
    if (consistency != null) {
      options.putHeader("Consistency", consistency);
    }
    return client.request(options);
  }

  private static Future<UserAnswer> read(HttpClientResponse response) {
    return response.body().map(body -> answer(response, body.toString()));
  }

  private static UserAnswer answer(HttpClientResponse response, String body) {
    boolean successful = response.statusCode() / 100 == 2;
    return new UserAnswer(
        response.statusCode(),
        successful ? counter(body) : -1,
        response.getHeader(TOKEN),
        ServedBy.parse(response.getHeader("Served-By")),
        successful ? "" : body);
  }

  private static long counter(String body) {
    int begin = body.indexOf(COUNTER);
    if (begin < 0) {
      return -1;
    }
    begin += COUNTER.length();
    int end = begin;
    while (end < body.length() && Character.isDigit(body.charAt(end))) {
      end++;
    }
    return Long.parseLong(body, begin, end, 10);
  }
}
