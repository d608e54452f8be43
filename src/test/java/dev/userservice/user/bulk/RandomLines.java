package dev.userservice.user.bulk;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SortedSet;
import java.util.TreeSet;

/** An import of random lines, each of which is known to be good or wrong by how it was made. */
final class RandomLines {

  private static final String[] WRONG = {
    "null",
    "[]",
    "1",
    "-0",
    "\"x\"",
    "true",
    "{",
    "}",
    "{}",
    "{}{}",
    "{\"name\":\"A\"",
    "{\"name\":null}",
    "{\"name\":\"\"}",
    "{\"name\":\"A\"}x",
    "{\"name\":\"A\"} null",
    "{\"name\":\"A\",\"age\":151}",
    "{\"name\":\"A\",\"age\":1.5}",
    "{\"name\":\"A\",\"age\":1e400}",
    "{\"name\":\"A\",\"age\":99999999999999999999}",
    "{\"name\":\"A\",\"email\":\"x\"}",
    "{\"name\":\"A\",\"id\":0}",
    "{\"name\":\"A\",\"id\":9007199254740992}",
    "{\"name\":\"A\",\"id\":\"7\"}",
    "{\"name\":\"A\",\"attributes\":[]}",
    "{\"name\":\"A\",\"attributes\":{\"a\":\"\\u0000\"}}",
    "{\"name\":\"\\ud800\"}",
    "{\"name\":\"A\",\"x\":1}",
    "{\"name\":\"A\",\"name\":\"B\"}",
    "{name:1}",
    "NaN",
    "'x'",
    "//",
    "\\",
  };

  private final Random random;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final List<Long> good = new ArrayList<>();
  private final SortedSet<Long> wrong = new TreeSet<>();
  private final long firstId;
  private long number;

  /** Makes so many lines; the good ones have the IDs from this one on. */
  RandomLines(Random random, int lines, long firstId) {
    this.random = random;
    this.firstId = firstId;
    for (int line = 0; line < lines; line++) {
      number++;
      add();
      // A last line may lack its line feed.
      if (line < lines - 1 || random.nextBoolean()) {
        bytes.write('\n');
      }
    }
  }

  byte[] bytes() {
    return bytes.toByteArray();
  }

  /** The IDs of the good lines. */
  List<Long> good() {
    return good;
  }

  /** The numbers of the wrong lines. */
  SortedSet<Long> wrong() {
    return wrong;
  }

  private void add() {
    int kind = random.nextInt(100);
    if (kind < 50) {
      addGood();
    } else if (kind < 52) {
      bytes.writeBytes(" \t\r ".substring(0, random.nextInt(4)).getBytes(StandardCharsets.UTF_8));
    } else {
      wrong.add(number);
      bytes.writeBytes(wrongLine(kind));
    }
  }

  private void addGood() {
    long id = firstId + good.size();
    good.add(id);
    String text =
        "{\"id\":%d,\"name\":\"%s\",\"age\":%d,\"attributes\":{\"n\":%d.%d0e%d,\"t\":\"%s\"}}"
            .formatted(
                id,
                "é\uD83D\uDE00n".repeat(1 + random.nextInt(50)),
                random.nextInt(151),
                random.nextLong(),
                random.nextInt(1000),
                random.nextInt(400),
                "\\u00ff\\\"x".repeat(random.nextInt(500)));
    bytes.writeBytes(text.getBytes(StandardCharsets.UTF_8));
  }

  private byte[] wrongLine(int kind) {
    if (kind < 80) {
      return WRONG[random.nextInt(WRONG.length)].getBytes(StandardCharsets.UTF_8);
    }
    if (kind < 95) {
      return binary(1 + random.nextInt(200));
    }
    if (kind < 97) {
      return "{\"name\":\"Ada\"}".getBytes(StandardCharsets.UTF_16BE);
    }
    if (kind < 99 && !good.isEmpty()) {
      long taken = good.get(random.nextInt(good.size()));
      return "{\"id\":%d,\"name\":\"again\"}".formatted(taken).getBytes(StandardCharsets.UTF_8);
    }
    return huge();
  }

  /** Bytes that are neither UTF-8 nor blank. */
  private byte[] binary(int length) {
    byte[] line = new byte[length];
    random.nextBytes(line);
    for (int index = 0; index < length; index++) {
      line[index] = line[index] == '\n' ? 0 : line[index];
    }
    line[random.nextInt(length)] = (byte) 0xFF;
    return line;
  }

  private byte[] huge() {
    int length = LineReader.MAXIMUM_LINE + random.nextInt(2 * LineReader.MAXIMUM_LINE);
    return ("{\"name\":\"" + "x".repeat(length) + "\"}").getBytes(StandardCharsets.UTF_8);
  }
}
