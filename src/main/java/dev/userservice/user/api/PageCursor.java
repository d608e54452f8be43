package dev.userservice.user.api;

import dev.userservice.http.ProblemException;
import dev.userservice.http.ProblemType;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * Where the next page begins: opaque to callers, version and checksum inside, so that a cursor of
 * another making is refused and not misread.
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
      // answered below, like any other foreign cursor
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
