package dev.userservice.http.server;

import static java.util.concurrent.TimeUnit.SECONDS;

import dev.userservice.http.Problem;
import dev.userservice.http.ProblemType;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.netty.util.ReferenceCountUtil;
import java.nio.charset.StandardCharsets;

/**
 * Answers what cannot be decoded on one connection of HTTP/1, and closes the connection a second
 * later, as none of the following bytes has a meaning. Until then they are read: the kernel would
 * drop the answer if the connection was closed while the client still sends. Whatever can be
 * decoded passes. Where an earlier request is not answered yet, or an answer has begun, Vert.x is
 * left to it, which keeps the order.
 */
final class UndecodedRequest extends ChannelDuplexHandler {

  private static final long GRACE_SECONDS = 1;

  private final ServerProblems problems;
  private final ChannelHandlerContext encoder;
  private int unanswered;
  private boolean answering;
  private boolean over;

  /** Writes its answers as bytes, past the encoder of the connection. */
  UndecodedRequest(ServerProblems problems, ChannelHandlerContext encoder) {
    this.problems = problems;
    this.encoder = encoder;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (over) {
      ReferenceCountUtil.release(message);
      return;
    }
    if (message instanceof HttpObject part && part.decoderResult().isFailure()) {
      refuse(context, part);
      return;
    }
    if (message instanceof HttpRequest) {
      unanswered++;
    }
    context.fireChannelRead(message);
  }

  @Override
  public void write(ChannelHandlerContext context, Object message, ChannelPromise promise)
      throws Exception {
    if (message instanceof HttpResponse) {
      answering = true;
    }
    if (message instanceof LastHttpContent) {
      answering = false;
      unanswered--;
    }
    super.write(context, message, promise);
  }

  private void refuse(ChannelHandlerContext context, HttpObject part) {
    boolean begins = part instanceof HttpRequest;
    if (answering || unanswered > (begins ? 0 : 1)) {
      context.fireChannelRead(part);
      return;
    }
    over = true;
    encoder.writeAndFlush(answer(part.decoderResult().cause())).addListener(sent -> closeLater());
    ReferenceCountUtil.release(part);
  }

  private void closeLater() {
    Runnable close = this::close;
    var unused = encoder.executor().schedule(close, GRACE_SECONDS, SECONDS);
  }

  private void close() {
    var unused = encoder.close();
  }

  private ByteBuf answer(Throwable cause) {
    Problem problem = problem(cause);
    byte[] body = problems.body(problem).getBytes();
    String head =
        """
        HTTP/1.1 %d %s
        content-type: %s
        cache-control: no-store
        date: %s
        connection: close
        content-length: %d

        """
            .formatted(
                problem.status(),
                HttpResponseStatus.valueOf(problem.status()).reasonPhrase(),
                Problem.MEDIA_TYPE,
                problems.date(),
                body.length)
            .replace("\n", "\r\n");
    return Unpooled.wrappedBuffer(head.getBytes(StandardCharsets.US_ASCII), body);
  }

  private static Problem problem(Throwable cause) {
    if (cause instanceof TooLongHttpLineException) {
      return Problem.of(ProblemType.URI_TOO_LONG, "The request's first line is too long.");
    }
    if (cause instanceof TooLongHttpHeaderException || cause instanceof TooLongFrameException) {
      return Problem.of(ProblemType.HEADERS_TOO_LARGE, "The request's headers are too large.");
    }
    return Problem.of(ProblemType.MALFORMED_REQUEST, "The request is not well-formed HTTP.");
  }
}
