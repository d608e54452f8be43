package dev.userservice.user.api;

import dev.userservice.http.ProblemException;
import dev.userservice.http.ProblemType;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * Where the next page begins, as an opaque text with a version and a checksum: a cursor that this
 * service has not made, or that belongs to another list, is refused.
 *
 * @param afterId the last ID of the page before, 0 for the first page
 * @param email the address that is looked up, as it was sent; empty for a page of all users
 */
record PageCursor(long afterId, String email) {

  private static final byte OF_ALL_USERS = 1;
  private static final byte OF_AN_EMAIL = 2;
  private static final int LENGTH = 1 + Long.BYTES + Integer.BYTES;

  PageCursor(long afterId) {
    this(afterId, "");
  }

  /** Reads a cursor of a page of all users; null is the first page. */
  static PageCursor parse(@Nullable String text) {
    return parse(text, "");
  }

  /** Reads a cursor of the users with an address; null is the first page. */
  static PageCursor parse(@Nullable String text, String email) {
    if (text == null) {
      return new PageCursor(0, email);
    }
    try {
      ByteBuffer bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(text));
      if (bytes.remaining() == LENGTH) {
        PageCursor cursor = new PageCursor(bytes.getLong(1), email);
        if (cursor.afterId > 0 && cursor.toString().equals(text)) {
          return cursor;
        }
      }
    } catch (IllegalArgumentException notBase64) {
      // refused below, like any other cursor that was not made here
    }
    throw new ProblemException(
        ProblemType.MALFORMED_REQUEST,
        "The cursor is not one that this service has given out for this list.");
  }

  @Override
  public String toString() {
    byte version = email.isEmpty() ? OF_ALL_USERS : OF_AN_EMAIL;
    ByteBuffer bytes = ByteBuffer.allocate(LENGTH).put(version).putLong(afterId);
    CRC32 checksum = new CRC32();
    checksum.update(bytes.array(), 0, LENGTH - Integer.BYTES);
    checksum.update(email.getBytes(StandardCharsets.UTF_8));
    bytes.putInt((int) checksum.getValue());
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
  }
}
