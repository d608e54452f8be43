package dev.userservice.drill;

import dev.userservice.ServiceProcess;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * One address for several processes, as a Kubernetes Service is. Each new connection goes to one of
 * the listed processes, in turn, and stays there. Runs on one event loop.
 */
final class ServiceAddress implements AutoCloseable {

  private static final Duration BOUND = Duration.ofSeconds(10);

  private final Vertx vertx = EventLoops.single();
  private final NetClient client = vertx.createNetClient();
  private final NetServer server = vertx.createNetServer().connectHandler(this::accept);
  private final List<ServiceProcess> listed = new CopyOnWriteArrayList<>();
  private int turn;

  ServiceAddress() {
    EventLoops.await(server.listen(0, "127.0.0.1"), BOUND);
  }

  URI address() {
    return URI.create("http://127.0.0.1:" + server.actualPort());
  }

  /** The process gets new connections from now on. */
  void list(ServiceProcess process) {
    listed.add(process);
  }

  /** The process gets no new connections from now on, and keeps those that it has. */
  void unlist(ServiceProcess process) {
    listed.remove(process);
  }

  @Override
  public void close() {
    EventLoops.await(vertx.close(), BOUND);
  }

  private void accept(NetSocket caller) {
    caller.pause();
    List<ServiceProcess> now = List.copyOf(listed);
    int port = now.get(turn++ % now.size()).address("/").getPort();
    client
        .connect(port, "127.0.0.1")
        .onSuccess(process -> join(caller, process))
        .onFailure(refused -> caller.close());
  }

  private static void join(NetSocket caller, NetSocket process) {
    caller.handler(process::write);
    process.handler(caller::write);
    caller.closeHandler(gone -> process.close());
    process.closeHandler(gone -> caller.close());
    caller.resume();
  }
}
