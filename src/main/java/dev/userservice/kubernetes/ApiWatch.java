package dev.userservice.kubernetes;

import io.vertx.core.AsyncResult;
import io.vertx.core.http.UpgradeRejectedException;
import io.vertx.core.http.WebSocket;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A watch that is being opened, is open or has ended, over a WebSocket: one message per change.
 * Thread-safe.
 */
public final class ApiWatch implements AutoCloseable {

  private final WatchListener listener;
  private @Nullable WebSocket socket;
  private boolean over;

  ApiWatch(WatchListener listener) {
    this.listener = listener;
  }

  synchronized void opened(AsyncResult<WebSocket> result) {
    if (result.failed()) {
      end(failure(result.cause()));
    } else if (over) {
      result.result().close();
    } else {
      socket = result.result();
      socket.textMessageHandler(this::received);
      socket.exceptionHandler(broken -> end(ApiException.unanswered(broken)));
      socket.closeHandler(
          closed -> end(ApiException.unanswered(new IOException("the watch was closed"))));
      listener.opened();
    }
  }

  /** Ends the watch. The listener is told nothing more. */
  @Override
  public synchronized void close() {
    over = true;
    if (socket != null) {
      socket.close();
    }
  }

  private synchronized void received(String message) {
    if (over) {
      return;
    }
    try {
      JsonObject event = new JsonObject(message);
      JsonObject object = event.getJsonObject("object");
      switch (event.getString("type")) {
        case "ADDED", "MODIFIED", "DELETED" -> listener.changed(event.getString("type"), object);
        case "ERROR" -> end(ApiException.refused(object));
        default -> {}
      }
    } catch (RuntimeException unreadable) {
      end(ApiException.unanswered(unreadable));
    }
  }

  private synchronized void end(ApiException why) {
    if (!over) {
      close();
      listener.ended(why);
    }
  }

  private static ApiException failure(Throwable cause) {
    return cause instanceof UpgradeRejectedException rejected
        ? ApiException.refused(rejected.getStatus(), rejected.getBody())
        : ApiException.unanswered(cause);
  }
}
