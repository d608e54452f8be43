package dev.userservice.topology.kubernetes;

import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The events of one watch, passed from the client's threads to the thread that follows the slices.
 */
final class SliceEvents implements Watcher<EndpointSlice> {

  private final BlockingQueue<Consumer<Map<String, EndpointSlice>>> queue =
      new LinkedBlockingQueue<>();

  /**
   * Waits for the next event and applies it to the slices.
   *
   * @return false if there was none within the given time
   * @throws KubernetesClientException if the watch has ended
   */
  boolean applyNext(Map<String, EndpointSlice> slices, long wait, TimeUnit unit)
      throws InterruptedException {
    Consumer<Map<String, EndpointSlice>> event = queue.poll(wait, unit);
    if (event == null) {
      return false;
    }
    event.accept(slices);
    return true;
  }

  @Override
  public void eventReceived(Action action, EndpointSlice slice) {
    String name = slice.getMetadata().getName();
    switch (action) {
      case ADDED, MODIFIED -> queue.add(slices -> slices.put(name, slice));
      case DELETED -> queue.add(slices -> slices.remove(name));
      default -> {}
    }
  }

  @Override
  public void onClose(WatcherException cause) {
    queue.add(
        slices -> {
          throw cause.asClientException();
        });
  }

  @Override
  public void onClose() {
    queue.add(
        slices -> {
          throw new KubernetesClientException("the watch was closed");
        });
  }
}
