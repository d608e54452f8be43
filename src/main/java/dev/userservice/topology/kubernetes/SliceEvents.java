package dev.userservice.topology.kubernetes;

import dev.userservice.kubernetes.ApiException;
import dev.userservice.kubernetes.WatchListener;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The events of one watch, passed from the client's threads to the thread that follows the slices.
 */
final class SliceEvents implements WatchListener {

  private final BlockingQueue<Consumer<Map<String, JsonObject>>> queue =
      new LinkedBlockingQueue<>();

  /**
   * Waits for the next event and applies it to the slices. The first event is that the watch is
   * open, and changes nothing.
   *
   * @return false if there was none within the given time
   * @throws ApiException if the watch was refused or has ended
   */
  boolean applyNext(Map<String, JsonObject> slices, long wait, TimeUnit unit)
      throws InterruptedException {
    Consumer<Map<String, JsonObject>> event = queue.poll(wait, unit);
    if (event == null) {
      return false;
    }
    event.accept(slices);
    return true;
  }

  @Override
  public void opened() {
    queue.add(slices -> {});
  }

  @Override
  public void changed(String type, JsonObject slice) {
    String name = name(slice);
    queue.add(
        type.equals("DELETED") ? slices -> slices.remove(name) : slices -> slices.put(name, slice));
  }

  /** The name of a slice. */
  static String name(JsonObject slice) {
    return slice.getJsonObject("metadata").getString("name");
  }

  @Override
  public void ended(ApiException why) {
    queue.add(
        slices -> {
          throw why;
        });
  }
}
