package dev.userservice.start;

import dev.userservice.time.Ticker;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.NoSuchElementException;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * Tries a running service as a client does: creates a user, reads it with the token of the answer,
 * deletes it, and finds it gone. Six seconds at most per request; leaves nothing behind. A refused
 * connection is tried again for a while, since a pod can start before its network policies apply.
 */
final class Check {

  private static final Duration DEADLINE = Duration.ofSeconds(6);
  private static final long PAUSE_MILLIS = 250;
  private static final String TOKEN = "Consistency-Token";

  private final HttpClient client = HttpClient.newBuilder().connectTimeout(DEADLINE).build();
  private final URI service;
  private final PrintStream out;
  private final Duration connectionWait;
  private final Ticker ticker;

  /**
   * A check that is made by {@link #run}.
   *
   * @param connectionWait how long a connection may be refused
   */
  Check(URI service, PrintStream out, Duration connectionWait, Ticker ticker) {
    this.service = service;
    this.out = out;
    this.connectionWait = connectionWait;
    this.ticker = ticker;
  }

  /** Prints a line per step; answers the exit code. */
  int run() {
    String name = "check " + UUID.randomUUID();
    try {
      HttpResponse<String> created = create(name);
      URI user = service.resolve(created.headers().firstValue("Location").orElseThrow());
      String token = created.headers().firstValue(TOKEN).orElseThrow();
      HttpResponse<String> read = send("read", request(user, token).GET(), 200);
      String found = new JsonObject(read.body()).getString("name");
      if (!name.equals(found)) {
        return failed("read: the user is called " + found + ", not " + name);
      }
      HttpResponse<String> deleted = send("delete", request(user, token).DELETE(), 204);
      String last = deleted.headers().firstValue(TOKEN).orElse(token);
      send("read after delete", request(user, last).GET(), 404);
      return 0;
    } catch (IOException | IllegalArgumentException | DecodeException failure) {
      return failed(failure.getMessage() == null ? failure.toString() : failure.getMessage());
    } catch (NoSuchElementException missing) {
      return failed("create: the answer lacks Location or " + TOKEN);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return failed("interrupted");
    }
  }

  private HttpResponse<String> create(String name) throws IOException, InterruptedException {
    return send(
        "create",
        HttpRequest.newBuilder(service.resolve("/users"))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(new JsonObject().put("name", name).encode())),
        201);
  }

  private static HttpRequest.Builder request(URI address, String token) {
    return HttpRequest.newBuilder(address).header(TOKEN, token);
  }

  private HttpResponse<String> send(String step, HttpRequest.Builder request, int expected)
      throws IOException, InterruptedException {
    HttpResponse<String> answer = answer(request.timeout(DEADLINE).build());
    if (answer.statusCode() != expected) {
      throw new IOException(
          "%s: status %d, not %d: %s"
              .formatted(step, answer.statusCode(), expected, answer.body()));
    }
    String server = answer.headers().firstValue("Served-By").map(by -> ", " + by).orElse("");
    out.println("ok: " + step + " " + request.build().uri() + server);
    return answer;
  }

  /** Nothing is sent before there is a connection, so that to try again is safe. */
  private HttpResponse<String> answer(HttpRequest request)
      throws IOException, InterruptedException {
    long began = ticker.nanos();
    while (true) {
      try {
        return client.send(request, BodyHandlers.ofString());
      } catch (ConnectException refused) {
        if (ticker.nanos() - began >= connectionWait.toNanos()) {
          throw refused;
        }
        TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
      }
    }
  }

  private int failed(String why) {
    out.println("failed: " + service + ": " + why);
    return 1;
  }
}
