package dev.userservice.user.bulk;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Tells which lines of an import are good, by the documented rules and nothing else. */
final class LineOracle {

  /** What is to become of a line. */
  enum Fate {
    BLANK,
    GOOD,
    BAD
  }

  /**
   * A line's fate.
   *
   * @param fate the fate
   * @param id the ID that a good line names, null if it names none
   * @param name the name of a good line
   */
  record Verdict(Fate fate, @Nullable Long id, String name) {}

  private static final Verdict BLANK = new Verdict(Fate.BLANK, null, "");
  private static final Verdict BAD = new Verdict(Fate.BAD, null, "");
  private static final Set<String> FIELDS =
      Set.of("id", "name", "age", "email", "attributes", "version", "createdAt", "updatedAt");
  private static final Pattern BLANKS =
      Pattern.compile("[\\p{Z}\\p{Cc}\\p{Cf}\\p{IsWhite_Space}\u115F\u1160\u3164\uFFA0\u2800]*");
  private static final BigInteger LARGEST_ID = BigInteger.valueOf((1L << 53) - 1);

  private LineOracle() {}

  static Verdict judge(byte[] line) {
    if (line.length > LineReader.MAXIMUM_LINE) {
      return BAD;
    }
    if (new String(line, StandardCharsets.ISO_8859_1).matches("[ \t\r]*")) {
      return BLANK;
    }
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(line)).toString();
      Object document = NaiveJson.parse(text.startsWith("\uFEFF") ? text.substring(1) : text);
      return document instanceof Map<?, ?> fields && isGood(fields)
          ? new Verdict(Fate.GOOD, id(fields), String.valueOf(fields.get("name")))
          : BAD;
    } catch (CharacterCodingException | NaiveJson.WrongException wrong) {
      return BAD;
    }
  }

  private static boolean isGood(Map<?, ?> fields) {
    return FIELDS.containsAll(fields.keySet())
        && fields.get("name") instanceof String name
        && isText(name, 200)
        && !BLANKS.matcher(name).matches()
        && isWhole(fields.get("id"), BigInteger.ONE, LARGEST_ID)
        && isWhole(fields.get("age"), BigInteger.ZERO, BigInteger.valueOf(150))
        && isEmail(fields.get("email"))
        && isAttributes(fields.get("attributes"));
  }

  private static @Nullable Long id(Map<?, ?> fields) {
    return fields.get("id") instanceof NaiveJson.Numeral number
        ? Long.valueOf(number.text())
        : null;
  }

  private static boolean isAbsent(@Nullable Object value) {
    return value == null || value == NaiveJson.NULL;
  }

  private static boolean isWhole(@Nullable Object value, BigInteger least, BigInteger most) {
    if (isAbsent(value)) {
      return true;
    }
    if (!(value instanceof NaiveJson.Numeral number) || !number.text().matches("-?[0-9]+")) {
      return false;
    }
    BigInteger whole = new BigInteger(number.text());
    return whole.compareTo(least) >= 0 && whole.compareTo(most) <= 0;
  }

  private static boolean isEmail(@Nullable Object value) {
    if (!(value instanceof String email)) {
      return isAbsent(value);
    }
    return isText(email, 254) && email.matches("[^ \t\n\u000B\f\r@]+@[^ \t\n\u000B\f\r@]+");
  }

  private static boolean isAttributes(@Nullable Object value) {
    if (!(value instanceof Map<?, ?>)) {
      return isAbsent(value);
    }
    return isStorable(value) && size(value) <= 16_384;
  }

  private static boolean isText(String text, int most) {
    return isStorable(text) && !text.isEmpty() && text.codePoints().count() <= most;
  }

  private static boolean isStorable(Object value) {
    if (value instanceof String text) {
      return text.codePoints().noneMatch(code -> code == 0 || (code >= 0xD800 && code <= 0xDFFF));
    }
    if (value instanceof Map<?, ?> fields) {
      return fields.entrySet().stream()
          .allMatch(field -> isStorable(field.getKey()) && isStorable(field.getValue()));
    }
    return !(value instanceof List<?> items) || items.stream().allMatch(LineOracle::isStorable);
  }

  /** The bytes of compact JSON. */
  private static long size(Object value) {
    if (value instanceof String text) {
      return 2 + text.codePoints().mapToLong(LineOracle::size).sum();
    }
    if (value instanceof NaiveJson.Numeral number) {
      return number.text().length();
    }
    if (value instanceof Map<?, ?> fields) {
      long inner =
          fields.entrySet().stream()
              .mapToLong(field -> size(field.getKey()) + 1 + size(field.getValue()))
              .sum();
      return 2 + inner + Math.max(0, fields.size() - 1);
    }
    if (value instanceof List<?> items) {
      return 2 + items.stream().mapToLong(LineOracle::size).sum() + Math.max(0, items.size() - 1);
    }
    return Boolean.FALSE.equals(value) ? 5 : 4;
  }

  private static long size(int code) {
    if (code == '"' || code == '\\' || (code >= 8 && code <= 13 && code != 11)) {
      return 2;
    }
    return code < ' ' ? 6 : Character.toString(code).getBytes(StandardCharsets.UTF_8).length;
  }
}
