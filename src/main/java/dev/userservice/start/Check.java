package dev.userservice.start;

import dev.userservice.start.Request.Answer;
import dev.userservice.time.Ticker;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintStream;
import java.net.ConnectException;
import java.net.URI;
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
      Answer created = create(name);
      URI user = service.resolve(created.header("Location").orElseThrow());
      String token = created.header(Request.TOKEN).orElseThrow();
      Answer read = send("read", new Request("GET", user, token, null), 200);
      String found = new JsonObject(read.body()).getString("name");
      if (!name.equals(found)) {
        return failed("read: the user is called " + found + ", not " + name);
      }
      Answer deleted = send("delete", new Request("DELETE", user, token, null), 204);
      String last = deleted.header(Request.TOKEN).orElse(token);
      send("read after delete", new Request("GET", user, last, null), 404);
      return 0;
    } catch (IOException | IllegalArgumentException | DecodeException failure) {
      return failed(failure.getMessage() == null ? failure.toString() : failure.getMessage());
    } catch (NoSuchElementException missing) {
      return failed("create: the answer lacks Location or " + Request.TOKEN);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return failed("interrupted");
    }
  }

  private Answer create(String name) throws IOException, InterruptedException {
    String body = new JsonObject().put("name", name).encode();
    return send("create", new Request("POST", service.resolve("/users"), null, body), 201);
  }

  private Answer send(String step, Request request, int expected)
      throws IOException, InterruptedException {
    Answer answer = answer(request);
    if (answer.status() != expected) {
      throw new IOException(
          "%s: status %d, not %d: %s".formatted(step, answer.status(), expected, answer.body()));
    }
    String server = answer.header("Served-By").map(by -> ", " + by).orElse("");
    out.println("ok: " + step + " " + request.address() + server);
    return answer;
  }

  /** Nothing is sent before there is a connection, so that to try again is safe. */
  private Answer answer(Request request) throws IOException, InterruptedException {
    long began = ticker.nanos();
    while (true) {
      try {
        return request.send(DEADLINE);
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
