package dev.userservice.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;

/**
 * Percent-encoding of a URL (RFC 3986 §2.1). JAX-RS and Vert.x read bytes that are not UTF-8 as
 * other characters, so that a question about one text would be answered for another one.
 */
final class PercentEncoding {

  private PercentEncoding() {}

  /** Whether a text is ASCII, and what is percent-encoded in it is UTF-8. */
  static boolean isOfUtf8(String encoded) {
    if (!US_ASCII.newEncoder().canEncode(encoded)) {
      return false;
    }
    if (encoded.indexOf('%') < 0) {
      return true;
    }
    try {
      byte[] decoded = URLDecoder.decode(encoded, ISO_8859_1).getBytes(ISO_8859_1);
      UTF_8.newDecoder().decode(ByteBuffer.wrap(decoded));
      return true;
    } catch (CharacterCodingException | IllegalArgumentException otherwiseEncoded) {
      return false;
    }
  }
}
