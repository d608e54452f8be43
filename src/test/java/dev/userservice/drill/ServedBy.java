package dev.userservice.drill;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which server answered a read, from the {@code Served-By} header (an item with parameters, RFC
 * 8941).
 *
 * @param endpoint {@code host:port}
 * @param role {@code primary} or {@code replica}
 * @param stalenessMillis the greatest age of the answer; -1 if the header has none
 */
record ServedBy(String endpoint, String role, long stalenessMillis) {

  private static final Pattern ENDPOINT = Pattern.compile("^\"([^\"]+)\"");
  private static final Pattern ROLE = Pattern.compile(";\\s*role=\"?(\\w+)");
  private static final Pattern STALENESS = Pattern.compile(";\\s*staleness=(\\d+)");

  static @Nullable ServedBy parse(@Nullable String header) {
    if (header == null) {
      return null;
    }
    String staleness = first(STALENESS, header);
    return new ServedBy(
        first(ENDPOINT, header),
        first(ROLE, header),
        staleness.isEmpty() ? -1 : Long.parseLong(staleness));
  }

  private static String first(Pattern pattern, String header) {
    Matcher matcher = pattern.matcher(header);
    return matcher.find() ? matcher.group(1) : "";
  }
}
