package dev.userservice.datasource;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.flush.FlushConsolidationHandler;
import io.vertx.core.net.impl.NetSocketInternal;

/**
 * Sends all calls that one turn of the event loop makes on a connection in one write. The client
 * would write each by itself, and a system call costs both sides more than a point read does. No
 * call waits longer than that turn.
 */
final class FlushesPerTurn {

  private static final int MOST_CALLS_PER_WRITE = 64;

  private FlushesPerTurn() {}

  /** Takes effect from now on. Called on the socket's event loop. */
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
