package dev.userservice.user.bulk;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;

/** Lines of an import, right and wrong in every way that is known. None has a line feed in it. */
final class RandomLines {

  private static final List<String> TEXTS =
      List.of(
          "Ada", "Ω", "\uD83D\uDE00", "\\n", "\\\"", "\\u0041", "é", "\\uD83D\\uDE00", "n/a", "");
  private static final List<String> WRONG_TEXTS =
      List.of(
          "\\u0000", "\\ud800", "\\udc00\\ud800", "\u0001", "\\x", "\\u12", " \\u3164", "\u00A0");
  private static final List<String> TOKENS =
      List.of(
          "{",
          "}",
          "[",
          "]",
          ":",
          ",",
          "null",
          "true",
          "1",
          "-",
          "0",
          "1.5",
          "1e400",
          "\"name\"",
          "\"id\"",
          "\"A\"",
          " ",
          "\t",
          "\r",
          "\u0000",
          "\uFEFF",
          "'",
          "//",
          "NaN",
          "\"attributes\"");
  private static final List<String> DOCUMENTS =
      List.of(
          "null", "[]", "1", "-0", "1e999", "\"x\"", "true", "{}", "[{}]", "[[", "{\"\\ud800\":1}");
  private static final List<Charset> ENCODINGS =
      List.of(
          StandardCharsets.UTF_16,
          StandardCharsets.UTF_16LE,
          StandardCharsets.UTF_16BE,
          Charset.forName("UTF-32LE"),
          Charset.forName("UTF-32BE"),
          Charset.forName("X-UTF-32LE-BOM"),
          Charset.forName("X-UTF-32BE-BOM"),
          StandardCharsets.ISO_8859_1);

  private final SplittableRandom random;
  private long nextId;

  RandomLines(SplittableRandom random, long firstId) {
    this.random = random;
    this.nextId = firstId;
  }

  byte[] next() {
    byte[] line =
        switch (random.nextInt(16)) {
          case 0, 1, 2, 3 -> utf8(good());
          case 4, 5, 6 -> mutated(utf8(good()));
          case 7 -> bytes(random.nextInt(60));
          case 8 -> utf8(one(DOCUMENTS));
          case 9 -> good().getBytes(one(ENCODINGS));
          case 10 -> utf8("\uFEFF" + good());
          case 11 -> utf8(tokens());
          case 12 -> utf8(withText(one(WRONG_TEXTS)));
          case 13 -> utf8(withNumber());
          case 14 -> random.nextInt(8) == 0 ? utf8(large()) : utf8(deep());
          default -> utf8(" ".repeat(random.nextInt(3)) + (random.nextBoolean() ? "\r" : "\t"));
        };
    return withoutLineFeed(line);
  }

  private String good() {
    nextId += 1 + random.nextInt(1000);
    StringBuilder line = new StringBuilder("{");
    if (random.nextInt(4) > 0) {
      line.append("\"id\":").append(nextId).append(',');
    }
    line.append("\"name\":\"n").append(one(TEXTS)).append('"');
    if (random.nextBoolean()) {
      line.append(", \"age\" : ").append(random.nextInt(151));
    }
    if (random.nextBoolean()) {
      line.append(",\"email\":\"").append("Σİ".repeat(random.nextInt(3))).append("a@b\"");
    }
    if (random.nextBoolean()) {
      line.append(",\"attributes\":{\"").append(one(TEXTS)).append("\":[1.50,null,true]}");
    }
    return line.append('}').toString();
  }

  private String withText(String text) {
    return switch (random.nextInt(4)) {
      case 0 -> "{\"name\":\"" + text + "\"}";
      case 1 -> "{\"name\":\"A\",\"email\":\"" + text + "@b\"}";
      case 2 -> "{\"name\":\"A\",\"attributes\":{\"" + text + "\":1}}";
      default ->
          "{\"name\":\"A\",\"" + "f".repeat(random.nextInt(62)) + "\uD83D\uDE00" + text + "\":1}";
    };
  }

  private String withNumber() {
    String digits = "9".repeat(1 + random.nextInt(1100));
    String number =
        switch (random.nextInt(4)) {
          case 0 -> digits;
          case 1 -> "-" + digits;
          case 2 -> digits + ".0";
          default -> "1e" + digits.substring(0, Math.min(9, digits.length()));
        };
    String field = one(List.of("id", "age", "attributes", "version"));
    return field.equals("attributes")
        ? "{\"name\":\"A\",\"attributes\":{\"x\":" + number + "}}"
        : "{\"name\":\"A\",\"" + field + "\":" + number + "}";
  }

  private String large() {
    int bytes = one(List.of(16_370, 16_380, 16_390, 65_000, 65_500, 70_000)) + random.nextInt(10);
    String filled =
        " ".repeat(random.nextInt(2)) + "{\"name\":\"A\",\"attributes\":{\"x\":\"%s\"}}";
    return filled.formatted("y".repeat(bytes));
  }

  private String deep() {
    int depth = 58 + random.nextInt(10);
    return "{\"name\":\"A\",\"attributes\":{\"x\":%s1%s}}"
        .formatted("[".repeat(depth), "]".repeat(depth));
  }

  private String tokens() {
    StringBuilder line = new StringBuilder();
    for (int token = random.nextInt(12); token >= 0; token--) {
      line.append(one(TOKENS));
    }
    return line.toString();
  }

  private byte[] mutated(byte[] line) {
    byte[] changed = line.clone();
    for (int change = random.nextInt(3); change >= 0; change--) {
      int at = random.nextInt(changed.length);
      changed[at] = (byte) (random.nextBoolean() ? random.nextInt(256) : changed[at] ^ 1 << 5);
    }
    return changed;
  }

  private byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  private <T> T one(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] withoutLineFeed(byte[] line) {
    ByteArrayOutputStream kept = new ByteArrayOutputStream(line.length);
    for (byte each : line) {
      if (each != '\n') {
        kept.write(each);
      }
    }
    return kept.toByteArray();
  }
}
