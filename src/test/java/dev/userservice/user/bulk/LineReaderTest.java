package dev.userservice.user.bulk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class LineReaderTest {

  @Test
  void linesDoNotDependOnTheSizeOfReads() throws IOException {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    String text =
        IntStream.range(0, 2000)
            .mapToObj(line -> "x".repeat(random.nextInt(300)))
            .collect(Collectors.joining("\n"));
    assertThat(lines(dripping(text, random)))
        .as("seed %d", seed)
        .isEqualTo(List.of(text.split("\n", -1)));
  }

  @Test
  void aLineTooLongIsSkippedAndTheNextOneRead() throws IOException {
    String text = "a\n" + "y".repeat(10 * LineReader.MAXIMUM_LINE) + "\nb\n";
    LineReader reader = new LineReader(stream(text));
    assertThat(reader.next()).isEqualTo("a".getBytes(StandardCharsets.UTF_8));
    assertThat(reader.tooLong()).isFalse();
    assertThat(reader.next()).isNotNull();
    assertThat(reader.tooLong()).isTrue();
    assertThat(reader.next()).isEqualTo("b".getBytes(StandardCharsets.UTF_8));
    assertThat(reader.number()).isEqualTo(3);
    assertThat(reader.next()).isNull();
  }

  @Test
  void aLineMayBeAsLongAsTheLimit() throws IOException {
    String longest = "y".repeat(LineReader.MAXIMUM_LINE);
    LineReader reader = new LineReader(stream(longest + "\n" + longest + "y\n" + longest));
    assertThat(reader.next()).hasSize(LineReader.MAXIMUM_LINE);
    assertThat(reader.tooLong()).isFalse();
    assertThat(reader.next()).isNotNull();
    assertThat(reader.tooLong()).isTrue();
    assertThat(reader.next()).hasSize(LineReader.MAXIMUM_LINE);
    assertThat(reader.tooLong()).isFalse();
    assertThat(reader.next()).isNull();
  }

  @Test
  void aLastLineMayLackItsEnd() throws IOException {
    assertThat(lines(stream("a\n\nb"))).containsExactly("a", "", "b");
    assertThat(lines(stream("a\n\nb\n"))).containsExactly("a", "", "b");
  }

  @Test
  void anEmptyStreamHasNoLine() throws IOException {
    assertThat(new LineReader(stream("")).next()).isNull();
  }

  private static List<String> lines(InputStream stream) throws IOException {
    LineReader reader = new LineReader(stream);
    List<String> lines = new ArrayList<>();
    for (byte[] line = reader.next(); line != null; line = reader.next()) {
      lines.add(new String(line, StandardCharsets.UTF_8));
    }
    return lines;
  }

  private static InputStream stream(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }

  private static InputStream dripping(String text, Random random) {
    InputStream whole = stream(text + "\n");
    return new InputStream() {
      @Override
      public int read() throws IOException {
        return whole.read();
      }

      @Override
      public int read(byte[] buffer, int offset, int length) throws IOException {
        return whole.read(buffer, offset, Math.min(length, 1 + random.nextInt(700)));
      }
    };
  }
}
