package dev.userservice.http.server;

import java.net.URI;
import java.net.URISyntaxException;

/**
 * The address in the first line of a request (RFC 9112, section 3.2). Quarkus would refuse a
 * malformed one without a body, and parses each; the start turns that off, and this takes a faster
 * way for the characters that nearly all addresses consist of.
 */
public final class RequestTarget {

  /** Has Vert.x and Quarkus leave the check of addresses to the service. */
  private static final String UNCHECKED = "vertx.disableURIValidation";

  private static final String PLAIN = "/?=&-._~,:@!$'()*+;";
  private static final boolean[] IS_PLAIN = new boolean[128];

  static {
    for (int character = 0; character < IS_PLAIN.length; character++) {
      IS_PLAIN[character] = Character.isLetterOrDigit(character) || PLAIN.indexOf(character) >= 0;
    }
  }

  private RequestTarget() {}

  /** Must be called before the server is started. */
  public static void checkHere() {
    System.setProperty(UNCHECKED, "true");
  }

  static boolean isValid(String address) {
    for (int index = 0; index < address.length(); index++) {
      char character = address.charAt(index);
      if (character >= IS_PLAIN.length || !IS_PLAIN[character]) {
        return isUri(address);
      }
    }
    return (address.startsWith("/") && !address.startsWith("//")) || isUri(address);
  }

  private static boolean isUri(String address) {
    try {
      new URI(address);
      return true;
    } catch (URISyntaxException malformed) {
      return false;
    }
  }
}
