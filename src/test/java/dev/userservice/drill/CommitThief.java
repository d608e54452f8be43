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
 * Stands before a primary and breaks the connection of one transaction at its commit, when told to.
 * All state belongs to one event loop, which stands still while something is done in between.
 */
final class CommitThief implements AutoCloseable {

  private static final Duration BOUND = Duration.ofSeconds(10);
  // Messages of the server: that a commit is done; that one row is written, in a transaction.
  private static final String COMMITTED = "COMMIT\0";
  private static final String WRITTEN = "1\0Z\0\0\0\5T";

  private enum Theft {
    OF_THE_COMMIT,
    OF_ITS_ANSWER,
    /** Of the commit, while the server believes that it may still come. */
    OF_THE_CLIENT
  }

  private record Order(Theft theft, String mark, Runnable inBetween) {}

  private final Vertx vertx = EventLoops.single();
  private final NetClient client = vertx.createNetClient();
  private final Endpoint target;
  private final NetServer server;
  private final List<NetSocket> orphans = new ArrayList<>();
  private volatile @Nullable Order order;

  private CommitThief(Endpoint target) {
    this.target = target;
    this.server = vertx.createNetServer().connectHandler(this::accept);
  }

  static CommitThief before(Endpoint target) {
    CommitThief thief = new CommitThief(target);
    EventLoops.await(thief.server.listen(0, "127.0.0.1"), BOUND);
    return thief;
  }

  Endpoint endpoint() {
    return new Endpoint("127.0.0.1", server.actualPort());
  }

  /** The next transaction that says the mark is committed, but its client never hears so. */
  void stealAnswer(String mark, Runnable inBetween) {
    order = new Order(Theft.OF_ITS_ANSWER, mark, inBetween);
  }

  /** The next transaction that says the mark ends before its commit is sent. */
  void stealCommit(String mark) {
    order = new Order(Theft.OF_THE_COMMIT, mark, () -> {});
  }

  /** The next transaction that says the mark stays open, without its client, until the release. */
  void stealClient(String mark) {
    order = new Order(Theft.OF_THE_CLIENT, mark, () -> {});
  }

  /** Ends the transactions whose clients were stolen. */
  void release() {
    vertx.runOnContext(
        now -> {
          orphans.forEach(NetSocket::close);
          orphans.clear();
        });
  }

  /** Whether the last order was carried out. */
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
    private boolean stolen;
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
      if (stolen) {
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
      } else if (marked.theft() == Theft.OF_ITS_ANSWER && answers.show(bytes, COMMITTED)) {
        stolen = true;
        end(marked);
      } else if (marked.theft() != Theft.OF_ITS_ANSWER && answers.show(bytes, WRITTEN)) {
        stolen = true;
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
      if (carriedOut.theft() == Theft.OF_THE_CLIENT) {
        orphans.add(upstream);
      } else {
        upstream.close();
      }
      carriedOut.inBetween().run();
      order = null;
      socket.close();
    }
  }

  /** One direction, in which what is looked for may come in two pieces. */
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
