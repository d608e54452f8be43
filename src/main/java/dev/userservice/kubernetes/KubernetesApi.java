package dev.userservice.kubernetes;

import dev.userservice.time.Ticker;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.json.JsonObject;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Reads, writes and watches objects of the Kubernetes API, as JSON: what an object contains besides
 * the fields in use is kept when it is written back. Each request is sent once and has a time
 * limit; callers retry by themselves. Thread-safe.
 *
 * <p>A client for every kind of the API would be a third of the executable ({@code
 * docs/adr/0010-a-small-client-of-the-kubernetes-api.md}). This one needs none of their classes.
 */
@Singleton
public final class KubernetesApi {

  private static final int LARGEST_EVENT = 16 << 20;

  private final ApiAccess access;
  private final Context context;
  private final HttpClient http;
  private final WebSocketClient sockets;

  @Inject
  KubernetesApi(Vertx vertx, Ticker ticker) {
    this(
        vertx,
        Account.find(System.getenv(), Path.of(System.getProperty("user.home", "/")), ticker));
  }

  KubernetesApi(Vertx vertx, ApiAccess access) {
    this.access = access;
    // On the thread of an event loop, handlers are in place before the bytes that they handle.
    this.context = vertx.getOrCreateContext();
    HttpClientOptions options = new HttpClientOptions().setSsl(access.encrypted());
    access.certificates().applyTo(options);
    options.setVerifyHost(access.certificates().verifies());
    this.http = vertx.createHttpClient(options);
    WebSocketClientOptions socketOptions =
        new WebSocketClientOptions()
            .setSsl(access.encrypted())
            .setMaxFrameSize(LARGEST_EVENT)
            .setMaxMessageSize(LARGEST_EVENT);
    access.certificates().applyTo(socketOptions);
    socketOptions.setVerifyHost(access.certificates().verifies());
    this.sockets = vertx.createWebSocketClient(socketOptions);
  }

  /** Whether the process runs in a pod. */
  public static boolean inPod() {
    return Account.inPod(System.getenv());
  }

  /** The namespace of this process. */
  public String namespace() {
    return access.namespace();
  }

  /**
   * Reads an object or a list. Blocks.
   *
   * @param path such as {@code /apis/coordination.k8s.io/v1/namespaces/shop/leases/users}
   * @throws ApiException if it was refused or not answered within the limit
   */
  public JsonObject get(String path, Duration limit) {
    return send(HttpMethod.GET, path, null, limit);
  }

  /** Creates an object in a collection; returns what was created. Blocks and fails likewise. */
  public JsonObject create(String collection, JsonObject object, Duration limit) {
    return send(HttpMethod.POST, collection, object, limit);
  }

  /**
   * Replaces an object if its version is still that of the given one; returns what was written.
   * Blocks and fails likewise: with status 409 if the version is another one.
   */
  public JsonObject replace(String path, JsonObject object, Duration limit) {
    return send(HttpMethod.PUT, path, object, limit);
  }

  /**
   * Watches the objects of a path until the returned watch is closed. Does not block: the listener
   * is told that the watch is open, or that it has ended.
   *
   * @param path with a query, if it has parameters
   * @param limit to open it
   */
  public ApiWatch watch(String path, Duration limit, WatchListener listener) {
    WebSocketConnectOptions options = new WebSocketConnectOptions();
    address(options, path + (path.contains("?") ? '&' : '?') + "watch=true", limit);
    ApiWatch watch = new ApiWatch(listener);
    context.runOnContext(start -> sockets.connect(options).onComplete(watch::opened));
    return watch;
  }

  @PreDestroy
  void close() {
    http.close();
    sockets.close();
  }

  private JsonObject send(
      HttpMethod method, String path, @Nullable JsonObject body, Duration limit) {
    RequestOptions options = new RequestOptions().setMethod(method);
    address(options, path, limit);
    Buffer content = body == null ? Buffer.buffer() : body.toBuffer();
    if (body != null) {
      options.putHeader(HttpHeaders.CONTENT_TYPE, "application/json");
    }
    Promise<JsonObject> answer = Promise.promise();
    context.runOnContext(
        start ->
            http.request(options)
                .compose(request -> request.send(content))
                .compose(KubernetesApi::accepted)
                .onComplete(answer));
    return await(answer.future(), limit);
  }

  private void address(RequestOptions options, String path, Duration limit) {
    options
        .setHost(access.host())
        .setPort(access.port())
        .setURI(access.path(path))
        .setTimeout(limit.toMillis())
        .putHeader(HttpHeaders.ACCEPT, "application/json")
        .putHeader(HttpHeaders.USER_AGENT, "user-service");
    String token = access.token().get();
    if (!token.isEmpty()) {
      options.putHeader(HttpHeaders.AUTHORIZATION, "Bearer " + token);
    }
  }

  private static Future<JsonObject> accepted(HttpClientResponse response) {
    return response
        .body()
        .map(
            body -> {
              if (response.statusCode() / 100 != 2) {
                throw ApiException.refused(response.statusCode(), body);
              }
              return body.toJsonObject();
            });
  }

  private static JsonObject await(Future<JsonObject> answer, Duration limit) {
    try {
      return answer
          .toCompletionStage()
          .toCompletableFuture()
          .get(limit.toNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException failed) {
      throw failed.getCause() instanceof ApiException refused
          ? refused
          : ApiException.unanswered(failed);
    } catch (TimeoutException late) {
      throw ApiException.unanswered(
          new TimeoutException("no answer within " + limit.toMillis() + " ms"));
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw ApiException.unanswered(stopped);
    }
  }
}
