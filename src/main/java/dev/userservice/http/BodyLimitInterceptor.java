package dev.userservice.http;

import jakarta.ws.rs.ext.Provider;
import jakarta.ws.rs.ext.ReaderInterceptor;
import jakarta.ws.rs.ext.ReaderInterceptorContext;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Refuses to read a body beyond {@link BodyLimit#BYTES}, whatever its declared length. */
@Provider
@BodyLimit
final class BodyLimitInterceptor implements ReaderInterceptor {

  @Override
  public Object aroundReadFrom(ReaderInterceptorContext context) throws IOException {
    context.setInputStream(new Bounded(context.getInputStream()));
    return context.proceed();
  }

  private static final class Bounded extends FilterInputStream {

    private int remaining = BodyLimit.BYTES;

    Bounded(InputStream body) {
      super(body);
    }

    @Override
    public int read() throws IOException {
      return count(super.read(), 1);
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      int read = super.read(buffer, offset, length);
      return count(read, read);
    }

    private int count(int result, int bytes) {
      remaining -= result < 0 ? 0 : bytes;
      if (remaining < 0) {
        throw new BodyTooLargeException();
      }
      return result;
    }
  }
}
