package dev.userservice.datasource;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.flush.FlushConsolidationHandler;
import io.vertx.core.net.impl.NetSocketInternal;

/**
 * Sends all calls of one turn of the event loop on a connection in one write. The client writes
 * each call by itself, and a system call costs both sides more than a point read. A call waits no
 * longer than that turn.
 */
final class FlushesPerTurn {

  private static final int MOST_CALLS_PER_WRITE = 64;

  private FlushesPerTurn() {}

  /** Installs the handler. Called on the socket's event loop. */
  static void install(NetSocketInternal socket) {
    ChannelHandlerContext client = socket.channelHandlerContext();
    client
        .pipeline()
        .addBefore(
            client.name(),
            FlushesPerTurn.class.getSimpleName(),
            new FlushConsolidationHandler(MOST_CALLS_PER_WRITE, true));
  }
}
