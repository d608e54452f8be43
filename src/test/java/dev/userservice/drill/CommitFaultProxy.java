package dev.userservice.drill;

import dev.userservice.datasource.Endpoint;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A proxy before a primary that breaks the connection of one transaction at its commit, on request.
 * All state belongs to one event loop, which does nothing else while an action in between runs.
 */
final class CommitFaultProxy implements AutoCloseable {

  private static final Duration BOUND = Duration.ofSeconds(10);
  // Messages of the server: a commit is complete; one row is written, in a transaction.
  private static final String COMMITTED = "COMMIT\0";
  private static final String WRITTEN = "1\0Z\0\0\0\5T";

  private enum Fault {
    COMMIT_LOST,
    ANSWER_LOST,
    /** The commit is lost, and the server's connection stays open. */
    CLIENT_LOST
  }

  private record Order(Fault fault, String mark, Runnable inBetween) {}

  private final Vertx vertx = EventLoops.single();
  private final NetClient client = vertx.createNetClient();
  private final Endpoint target;
  private final NetServer server;
  private final List<NetSocket> orphans = new ArrayList<>();
  private volatile @Nullable Order order;

  private CommitFaultProxy(Endpoint target) {
    this.target = target;
    this.server = vertx.createNetServer().connectHandler(this::accept);
  }

  static CommitFaultProxy before(Endpoint target) {
    CommitFaultProxy proxy = new CommitFaultProxy(target);
    EventLoops.await(proxy.server.listen(0, "127.0.0.1"), BOUND);
    return proxy;
  }

  Endpoint endpoint() {
    return new Endpoint("127.0.0.1", server.actualPort());
  }

  /** The next transaction that contains the mark is committed; its client gets no answer. */
  void loseAnswer(String mark, Runnable inBetween) {
    order = new Order(Fault.ANSWER_LOST, mark, inBetween);
  }

  /** The next transaction that contains the mark ends before its commit is sent. */
  void loseCommit(String mark) {
    order = new Order(Fault.COMMIT_LOST, mark, () -> {});
  }

  /** The next transaction that contains the mark stays open, without client, until release. */
  void loseClient(String mark) {
    order = new Order(Fault.CLIENT_LOST, mark, () -> {});
  }

  /** Ends the transactions that have lost their clients. */
  void release() {
    vertx.runOnContext(
        now -> {
          orphans.forEach(NetSocket::close);
          orphans.clear();
        });
  }

  /** Whether the last requested fault has happened. */
  boolean done() {
    return order == null;
  }

  @Override
  public void close() {
    EventLoops.await(vertx.close(), BOUND);
  }

  private void accept(NetSocket socket) {
    socket.pause();
    client
        .connect(target.port(), target.host())
        .onSuccess(upstream -> new Connection(socket, upstream).begin())
        .onFailure(refused -> socket.close());
  }

  private final class Connection {

    private final NetSocket socket;
    private final NetSocket upstream;
    private @Nullable Order mine;
    private boolean broken;
    private final Stream questions = new Stream();
    private final Stream answers = new Stream();

    Connection(NetSocket socket, NetSocket upstream) {
      this.socket = socket;
      this.upstream = upstream;
    }

    void begin() {
      socket.closeHandler(gone -> leave());
      upstream.closeHandler(gone -> socket.close());
      upstream.handler(this::answered);
      socket.handler(this::asked);
      socket.resume();
    }

    private void asked(Buffer bytes) {
      if (broken) {
        return;
      }
      Order open = order;
      if (open != null && questions.show(bytes, open.mark())) {
        mine = open;
        answers.forget();
      }
      upstream.write(bytes);
    }

    private void answered(Buffer bytes) {
      Order marked = mine;
      if (marked == null || !marked.equals(order)) {
        socket.write(bytes);
      } else if (marked.fault() == Fault.ANSWER_LOST && answers.show(bytes, COMMITTED)) {
        broken = true;
        end(marked);
      } else if (marked.fault() != Fault.ANSWER_LOST && answers.show(bytes, WRITTEN)) {
        broken = true;
        socket.write(bytes).onComplete(sent -> end(marked));
      } else {
        socket.write(bytes);
      }
    }

    private void leave() {
      if (!orphans.contains(upstream)) {
        upstream.close();
      }
    }

    private void end(Order carriedOut) {
      if (carriedOut.fault() == Fault.CLIENT_LOST) {
        orphans.add(upstream);
      } else {
        upstream.close();
      }
      carriedOut.inBetween().run();
      order = null;
      socket.close();
    }
  }

  /** One direction. The text that is searched may arrive in two pieces. */
  private static final class Stream {

    private static final int LONGEST = 32;

    private String last = "";

    boolean show(Buffer bytes, String text) {
      String all = last + bytes.toString(StandardCharsets.ISO_8859_1);
      last = all.substring(Math.max(0, all.length() - LONGEST));
      return all.contains(text);
    }

    void forget() {
      last = "";
    }
  }
}
