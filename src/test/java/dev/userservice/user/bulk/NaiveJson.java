package dev.userservice.user.bulk;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * JSON as RFC 8259 writes it down, read character by character, as a check of the parser that the
 * service uses. Numbers stay text; null is {@link #NULL}.
 */
final class NaiveJson {

  static final Object NULL = new Object();

  /** A number as it stands in the text. */
  record Numeral(String text) {}

  /** The text is not JSON. */
  static final class WrongException extends Exception {
    private static final long serialVersionUID = 1L;
  }

  private static final Pattern NUMBER =
      Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?");
  private static final int LONGEST_NUMBER = 1000;
  private static final int DEEPEST = 64;

  private final String text;
  private int at;

  private NaiveJson(String text) {
    this.text = text;
  }

  /** The one document in a text. */
  static Object parse(String text) throws WrongException {
    NaiveJson json = new NaiveJson(text);
    Object value = json.value(1);
    json.space();
    json.require(json.at == text.length());
    return value;
  }

  private Object value(int depth) throws WrongException {
    space();
    return switch (peek()) {
      case '{' -> object(depth);
      case '[' -> array(depth);
      case '"' -> string();
      case 't' -> word("true", true);
      case 'f' -> word("false", false);
      case 'n' -> word("null", NULL);
      default -> number();
    };
  }

  private Map<String, Object> object(int depth) throws WrongException {
    require(depth <= DEEPEST);
    Map<String, Object> fields = new LinkedHashMap<>();
    at++;
    space();
    while (peek() != '}') {
      if (!fields.isEmpty()) {
        take(',');
        space();
      }
      String name = string();
      space();
      take(':');
      require(fields.put(name, value(depth + 1)) == null);
      space();
    }
    at++;
    return fields;
  }

  private List<Object> array(int depth) throws WrongException {
    require(depth <= DEEPEST);
    List<Object> items = new ArrayList<>();
    at++;
    space();
    while (peek() != ']') {
      if (!items.isEmpty()) {
        take(',');
      }
      items.add(value(depth + 1));
      space();
    }
    at++;
    return items;
  }

  private String string() throws WrongException {
    take('"');
    StringBuilder value = new StringBuilder();
    while (peek() != '"') {
      char next = text.charAt(at++);
      require(next >= ' ');
      value.append(next == '\\' ? escaped() : next);
    }
    at++;
    return value.toString();
  }

  private char escaped() throws WrongException {
    char kind = peek();
    at++;
    int plain = "\"\\/bfnrt".indexOf(kind);
    if (plain >= 0) {
      return "\"\\/\b\f\n\r\t".charAt(plain);
    }
    require(kind == 'u' && at + 4 <= text.length());
    String digits = text.substring(at, at + 4);
    require(digits.matches("[0-9a-fA-F]{4}"));
    at += 4;
    return (char) Integer.parseInt(digits, 16);
  }

  private Numeral number() throws WrongException {
    Matcher matcher = NUMBER.matcher(text).region(at, text.length());
    require(matcher.lookingAt());
    String number = matcher.group();
    require(number.chars().filter(Character::isDigit).count() <= LONGEST_NUMBER);
    at = matcher.end();
    return new Numeral(number);
  }

  private Object word(String word, Object meaning) throws WrongException {
    require(text.startsWith(word, at));
    at += word.length();
    return meaning;
  }

  private void space() {
    while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }

  private char peek() throws WrongException {
    require(at < text.length());
    return text.charAt(at);
  }

  private void take(char expected) throws WrongException {
    require(peek() == expected);
    at++;
  }

  private void require(boolean right) throws WrongException {
    if (!right) {
      throw new WrongException();
    }
  }
}
