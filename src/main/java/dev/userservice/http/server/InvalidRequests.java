package dev.userservice.http.server;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ServerChannel;
import io.netty.channel.SingleThreadEventLoop;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.EventExecutor;
import io.quarkus.vertx.http.HttpServerStart;
import io.quarkus.vertx.http.HttpsServerStart;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.inject.Singleton;

/**
 * Has requests of HTTP/1 that cannot be decoded answered with problem details. Vert.x answers them
 * without a body, and Quarkus, which makes the server, has no setting for another answer
 * (quarkusio/quarkus#55082). So each connection is given an {@link UndecodedRequest} behind the
 * decoder, before its first request is decoded.
 */
@Singleton
final class InvalidRequests {

  /** The name that Vert.x gives to the encoder of a connection, once it knows the protocol. */
  private static final String ENCODER = "httpEncoder";

  /** HTTP/2 begins with PRI, which no method of HTTP/1 does. */
  private static final int TELLING_BYTES = 4;

  private final Vertx vertx;
  private final ServerProblems problems;

  InvalidRequests(Vertx vertx, ServerProblems problems) {
    this.vertx = vertx;
    this.problems = problems;
  }

  void onStart(@ObservesAsync HttpServerStart started) {
    install();
  }

  void onStart(@ObservesAsync HttpsServerStart started) {
    install();
  }

  private void install() {
    for (EventExecutor loop : ((VertxInternal) vertx).getAcceptorEventLoopGroup()) {
      loop.execute(() -> installOn((SingleThreadEventLoop) loop));
    }
  }

  private void installOn(SingleThreadEventLoop loop) {
    loop.registeredChannelsIterator()
        .forEachRemaining(
            channel -> {
              if (channel instanceof ServerChannel
                  && channel.pipeline().get(Accepted.class) == null) {
                channel.pipeline().addFirst(new Accepted());
              }
            });
  }

  /** Sees each connection that the server accepts. */
  private final class Accepted extends ChannelInboundHandlerAdapter {

    @Override
    public void channelRead(ChannelHandlerContext context, Object accepted) {
      if (accepted instanceof Channel connection) {
        connection.pipeline().addFirst(new FirstBytes());
      }
      context.fireChannelRead(accepted);
    }
  }

  /** Passes on the bytes that tell Vert.x the protocol, then leaves the connection. */
  private final class FirstBytes extends ChannelInboundHandlerAdapter {

    private int passed;

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      ChannelPipeline pipeline = context.pipeline();
      boolean encrypted = pipeline.get(SslHandler.class) != null;
      if (!encrypted && message instanceof ByteBuf bytes) {
        int telling = Math.min(TELLING_BYTES - passed, bytes.readableBytes() - 1);
        if (telling > 0) {
          context.fireChannelRead(bytes.readRetainedSlice(telling));
        }
        passed += Math.max(0, telling) + bytes.readableBytes();
      }
      if (pipeline.get(ENCODER) != null) {
        pipeline.addAfter(ENCODER, null, new UndecodedRequest(problems, pipeline.context(ENCODER)));
        pipeline.remove(this);
      } else if (passed >= TELLING_BYTES) {
        pipeline.remove(this);
      }
      context.fireChannelRead(message);
    }
  }
}
