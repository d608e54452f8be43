package dev.userservice.drill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.userservice.datasource.Endpoint;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A proxy before a server that echoes every byte. */
final class DelayingProxyTest {

  private static final Duration BOUND = Duration.ofSeconds(10);

  private final Vertx vertx = EventLoops.single();
  private DelayingProxy proxy;
  private Socket socket;

  @BeforeEach
  void connect() throws Exception {
    NetServer echo =
        EventLoops.await(
            vertx
                .createNetServer()
                .connectHandler(each -> each.handler(each::write))
                .listen(0, "127.0.0.1"),
            BOUND);
    proxy = DelayingProxy.before(new Endpoint("127.0.0.1", echo.actualPort()), vertx);
    socket = new Socket(InetAddress.getLoopbackAddress(), proxy.endpoint().port());
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(5_000);
  }

  @AfterEach
  void close() throws Exception {
    socket.close();
    proxy.close();
    EventLoops.await(vertx.close(), BOUND);
  }

  @Test
  void bytesAreDelayedInBothDirections() throws Exception {
    roundTripMillis('a');
    assertThat(roundTripMillis('b')).isLessThan(400);
    proxy.delay(Duration.ofMillis(250), Duration.ofMillis(150));
    assertThat(roundTripMillis('c')).isBetween(400L, 4_000L);
    proxy.delay(Duration.ZERO, Duration.ZERO);
    assertThat(roundTripMillis('d')).isLessThan(400);
  }

  @Test
  void shorterDelayDoesNotReorder() throws Exception {
    proxy.delay(Duration.ofMillis(150), Duration.ZERO);
    send('1');
    awaitTakenIn();
    proxy.delay(Duration.ZERO, Duration.ZERO);
    send('2');
    assertThat(socket.getInputStream().read()).isEqualTo('1');
    assertThat(socket.getInputStream().read()).isEqualTo('2');
  }

  @Test
  void heldBackBytesArriveWhenForwardingResumes() throws Exception {
    roundTripMillis('a');
    proxy.swallow();
    socket.setSoTimeout(200);
    send('b');
    assertThatThrownBy(() -> socket.getInputStream().read())
        .isInstanceOf(SocketTimeoutException.class);
    proxy.forward();
    socket.setSoTimeout(5_000);
    assertThat(socket.getInputStream().read()).isEqualTo('b');
  }

  @Test
  void resetBreaksConnectionsAndNewOnesAreAccepted() throws Exception {
    roundTripMillis('a');
    proxy.reset();
    assertThatThrownBy(() -> socket.getInputStream().read())
        .isInstanceOf(IOException.class)
        .hasMessageContaining("reset");
    roundTripOfAnother();
  }

  @Test
  void closingOneSideClosesTheOther() throws Exception {
    roundTripMillis('a');
    socket.shutdownOutput();
    assertThat(socket.getInputStream().read()).isEqualTo(-1);
  }

  /** The loop reads what has come before it runs a task of its second turn. */
  private void awaitTakenIn() throws Exception {
    for (int turn = 0; turn < 2; turn++) {
      Promise<Void> turned = Promise.promise();
      vertx.runOnContext(turned::complete);
      EventLoops.await(turned.future(), BOUND);
    }
  }

  private void roundTripOfAnother() throws IOException {
    try (Socket another = new Socket(InetAddress.getLoopbackAddress(), proxy.endpoint().port())) {
      another.setSoTimeout(5_000);
      another.getOutputStream().write('x');
      assertThat(another.getInputStream().read()).isEqualTo('x');
    }
  }

  private long roundTripMillis(char sent) throws IOException {
    long begin = System.nanoTime();
    send(sent);
    assertThat(socket.getInputStream().read()).isEqualTo(sent);
    return Duration.ofNanos(System.nanoTime() - begin).toMillis();
  }

  private void send(char sent) throws IOException {
    socket.getOutputStream().write(sent);
  }
}
