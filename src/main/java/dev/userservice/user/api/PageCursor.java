package dev.userservice.user.api;

import dev.userservice.http.ProblemException;
import dev.userservice.http.ProblemType;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * Where the next page begins, as an opaque text with a version and a checksum: a cursor that this
 * service has not made is refused.
 *
 * @param afterId the last ID of the page before, 0 for the first page
 */
record PageCursor(long afterId) {

  private static final byte VERSION = 1;
  private static final int LENGTH = 1 + Long.BYTES + Integer.BYTES;

  /** Reads a cursor; null is the first page. */
  static PageCursor parse(@Nullable String text) {
    if (text == null) {
      return new PageCursor(0);
    }
    try {
      ByteBuffer bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(text));
      if (bytes.remaining() == LENGTH && bytes.get(0) == VERSION) {
        PageCursor cursor = new PageCursor(bytes.getLong(1));
        if (cursor.afterId > 0 && cursor.toString().equals(text)) {
          return cursor;
        }
      }
    } catch (IllegalArgumentException notBase64) {
      // refused below, like any other cursor that was not made here
    }
    throw new ProblemException(
        ProblemType.MALFORMED_REQUEST, "The cursor is not one that this service has given out.");
  }

  @Override
  public String toString() {
    ByteBuffer bytes = ByteBuffer.allocate(LENGTH).put(VERSION).putLong(afterId);
    CRC32 checksum = new CRC32();
    checksum.update(bytes.array(), 0, LENGTH - Integer.BYTES);
    bytes.putInt((int) checksum.getValue());
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
  }
}
