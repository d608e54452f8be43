package dev.userservice.user;

import dev.userservice.http.ProblemException;
import dev.userservice.http.ProblemType;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What If-Match or If-None-Match names (RFC 9110, sections 13.1.1 and 13.1.2): {@code *}, or the
 * tags of all its lines, which are one list.
 *
 * @param any whether it is {@code *}
 * @param tags each with its quotes, and with {@code W/} if it is weak
 */
record EntityTagList(boolean any, List<String> tags) {

  private static final String WEAK = "W/";
  private static final Pattern ELEMENT =
      Pattern.compile("[ \\t,]*((?:W/)?\"[!\\x23-\\x7E\\x80-\\xFF]*\")[ \\t]*(?:,[ \\t,]*|$)");

  /** Copies. */
  EntityTagList {
    tags = List.copyOf(tags);
  }

  /**
   * Reads the lines of a header; answers 400 if they are not a list of tags.
   *
   * @param header the header's name
   */
  static EntityTagList of(String header, List<String> lines) {
    String list = String.join(",", lines).strip();
    if (list.equals("*")) {
      return new EntityTagList(true, List.of());
    }
    List<String> tags = new ArrayList<>();
    Matcher element = ELEMENT.matcher(list);
    int at = 0;
    while (at < list.length()) {
      if (!element.region(at, list.length()).lookingAt()) {
        throw new ProblemException(
            ProblemType.MALFORMED_REQUEST,
            header + " is * or a list of entity tags, each in quotes.");
      }
      tags.add(element.group(1));
      at = element.end();
    }
    return new EntityTagList(false, tags);
  }

  /** Whether it names a tag by the strong comparison: a weak tag names nothing. */
  boolean names(EntityTag tag) {
    return any || tags.contains(tag.header());
  }

  /** The same by the weak comparison. */
  boolean namesWeakly(EntityTag tag) {
    return names(tag) || tags.contains(WEAK + tag.header());
  }
}
