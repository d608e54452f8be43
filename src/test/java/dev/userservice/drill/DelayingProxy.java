package dev.userservice.drill;

import dev.userservice.datasource.Endpoint;
import io.netty.channel.ChannelOption;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.impl.NetSocketInternal;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A proxy before a server on the loopback interface that makes the server slow or silent, or breaks
 * its connections. Waiting bytes are kept without bound, since the answers of drills are small.
 * Thread-safe; all state belongs to the event loop of the given single-loop Vert.x.
 */
final class DelayingProxy implements AutoCloseable {

  private static final Duration BOUND = Duration.ofSeconds(10);

  private final Vertx vertx;
  private final Endpoint target;
  private final String host;
  private final NetClient client;
  private final NetServer server;
  private final Set<Connection> connections = new HashSet<>();
  private volatile long requestDelayNanos;
  private volatile long answerDelayNanos;
  private boolean blackHole;

  private DelayingProxy(Vertx vertx, Endpoint target, String host) {
    this.vertx = vertx;
    this.target = target;
    this.host = host;
    this.client = vertx.createNetClient();
    this.server =
        vertx
            .createNetServer(new NetServerOptions().setTcpNoDelay(true))
            .connectHandler(this::accept);
  }

  /** Listens on a free port until it is closed. */
  static DelayingProxy before(Endpoint target, Vertx vertx) {
    return before(target, "127.0.0.1", 0, vertx);
  }

  /** The same at an address of the loopback interface. */
  static DelayingProxy before(Endpoint target, String host, int port, Vertx vertx) {
    DelayingProxy proxy = new DelayingProxy(vertx, target, host);
    EventLoops.await(proxy.server.listen(port, host), BOUND);
    return proxy;
  }

  /** Where it listens. */
  Endpoint endpoint() {
    return new Endpoint(host, server.actualPort());
  }

  /** Delays bytes that arrive from now on. Earlier ones keep their delay and their order. */
  void delay(Duration requests, Duration answers) {
    requestDelayNanos = requests.toNanos();
    answerDelayNanos = answers.toNanos();
  }

  /** Stops forwarding and keeps the connections open, as a network that drops all packets. */
  void swallow() {
    vertx.runOnContext(
        ignored -> {
          blackHole = true;
          connections.forEach(Connection::stop);
        });
  }

  /** Forwards again, beginning with the bytes that were held back. */
  void forward() {
    vertx.runOnContext(
        ignored -> {
          blackHole = false;
          connections.forEach(Connection::goOn);
        });
  }

  /** Breaks all connections (RST); new ones are accepted. */
  void reset() {
    vertx.runOnContext(ignored -> List.copyOf(connections).forEach(Connection::reset));
  }

  @Override
  public void close() {
    EventLoops.await(server.close(), BOUND);
    EventLoops.await(client.close(), BOUND);
  }

  private void accept(NetSocket socket) {
    socket.pause();
    client
        .connect(target.port(), target.host())
        .onSuccess(upstream -> connect(socket, upstream))
        .onFailure(refused -> socket.close());
  }

  private void connect(NetSocket socket, NetSocket upstream) {
    Connection connection = new Connection(socket, upstream);
    connections.add(connection);
    socket.resume();
  }

  private final class Connection {

    private final NetSocket socket;
    private final NetSocket upstream;
    private final DelayedBytes requests;
    private final DelayedBytes answers;

    Connection(NetSocket socket, NetSocket upstream) {
      this.socket = socket;
      this.upstream = upstream;
      this.requests = new DelayedBytes(vertx, upstream, blackHole);
      this.answers = new DelayedBytes(vertx, socket, blackHole);
      socket.handler(bytes -> requests.accept(bytes, requestDelayNanos));
      upstream.handler(bytes -> answers.accept(bytes, answerDelayNanos));
      socket.closeHandler(gone -> ended(requests, requestDelayNanos));
      upstream.closeHandler(gone -> ended(answers, answerDelayNanos));
    }

    void stop() {
      requests.stop();
      answers.stop();
    }

    void goOn() {
      requests.goOn();
      answers.goOn();
    }

    void reset() {
      abort(socket);
      abort(upstream);
    }

    private void ended(DelayedBytes direction, long delayNanos) {
      connections.remove(this);
      if (!blackHole) {
        direction.goOn();
      }
      direction.accept(null, delayNanos);
    }

    private static void abort(NetSocket open) {
      ((NetSocketInternal) open)
          .channelHandlerContext()
          .channel()
          .config()
          .setOption(ChannelOption.SO_LINGER, 0);
      open.close();
    }
  }
}
