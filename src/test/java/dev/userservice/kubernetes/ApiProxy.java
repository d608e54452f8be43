package dev.userservice.kubernetes;

import io.vertx.core.Vertx;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A proxy between the client and the API server, which can be down, slow or silent. */
public final class ApiProxy implements AutoCloseable {

  private final Vertx vertx = Vertx.vertx();
  private final NetClient client = vertx.createNetClient();
  private final Set<NetSocket> open = ConcurrentHashMap.newKeySet();
  private final int target;
  private final NetServer server;
  private volatile boolean refusing;
  private volatile boolean silent;
  private volatile long delayMillis;

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
  public void down() {
    refusing = true;
    open.forEach(NetSocket::close);
  }

  /** The API server is there again; what it was sent while it was silent, it never gets. */
  public void up() {
    refusing = false;
    if (silent) {
      silent = false;
      open.forEach(NetSocket::close);
    }
  }

  /** The API server stops as by a signal: it takes connections, reads nothing and says nothing. */
  public void silence() {
    silent = true;
    silenceOpenOnes();
  }

  /** Open connections become silent, as after a cut cable; new connections work. */
  public void silenceOpenOnes() {
    open.forEach(NetSocket::pause);
  }

  /** Delays the answers and events of the API server from now on. */
  public void delayAnswers(Duration delay) {
    delayMillis = delay.toMillis();
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
    caller.closeHandler(closed -> open.remove(caller));
    if (!silent) {
      client
          .connect(target, "127.0.0.1")
          .onFailure(failure -> caller.close())
          .onSuccess(api -> connect(caller, api));
    }
  }

  private void connect(NetSocket caller, NetSocket api) {
    open.add(api);
    caller.pipeTo(api).onComplete(ended -> open.remove(caller));
    api.handler(
        answer -> {
          if (delayMillis == 0) {
            caller.write(answer);
          } else {
            vertx.setTimer(delayMillis, late -> caller.write(answer));
          }
        });
    api.closeHandler(
        closed -> {
          open.remove(api);
          caller.close();
        });
  }
}
