package dev.userservice.replication;

import io.vertx.core.Vertx;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Stands between the client and the API server, which can so be gone or fall silent. */
final class ApiProxy implements AutoCloseable {

  private final Vertx vertx = Vertx.vertx();
  private final NetClient client = vertx.createNetClient();
  private final Set<NetSocket> open = ConcurrentHashMap.newKeySet();
  private final int target;
  private final NetServer server;
  private volatile boolean refusing;

  ApiProxy(int target) {
    this.target = target;
    this.server =
        vertx
            .createNetServer(new NetServerOptions().setHost("127.0.0.1"))
            .connectHandler(this::connected)
            .listen()
            .toCompletionStage()
            .toCompletableFuture()
            .join();
  }

  int port() {
    return server.actualPort();
  }

  /** The API server is gone: connections end, new ones too. */
  void down() {
    refusing = true;
    open.forEach(NetSocket::close);
  }

  void up() {
    refusing = false;
  }

  /** Whatever is open now falls silent, as if a cable were cut; new connections work. */
  void silenceOpenOnes() {
    open.forEach(NetSocket::pause);
  }

  @Override
  public void close() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  private void connected(NetSocket caller) {
    if (refusing) {
      caller.close();
      return;
    }
    caller.pause();
    open.add(caller);
    client
        .connect(target, "127.0.0.1")
        .onFailure(failure -> caller.close())
        .onSuccess(api -> connect(caller, api));
  }

  private void connect(NetSocket caller, NetSocket api) {
    open.add(api);
    caller.pipeTo(api).onComplete(ended -> open.remove(caller));
    api.pipeTo(caller).onComplete(ended -> open.remove(api));
  }
}
