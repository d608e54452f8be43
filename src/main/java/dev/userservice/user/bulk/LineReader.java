package dev.userservice.user.bulk;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Splits a stream into lines, holding no more than one buffer of it. Belongs to one thread. */
final class LineReader {

  /** The longest line that is read, in bytes. */
  static final int MAXIMUM_LINE = 64 * 1024;

  private final InputStream stream;
  private final byte[] buffer = new byte[2 * MAXIMUM_LINE];
  private int start;
  private int end;
  private long number;
  private boolean tooLong;

  LineReader(InputStream stream) {
    this.stream = stream;
  }

  /**
   * The next line without its line feed, or null after the last line; of a line that is too long
   * only the beginning.
   */
  byte @Nullable [] next() throws IOException {
    tooLong = false;
    int feed = findLineFeed(start);
    while (feed < 0 && fill()) {
      feed = findLineFeed(start);
      if (feed < 0 && end - start > MAXIMUM_LINE) {
        tooLong = true;
        end = start + 1;
      }
    }
    if (feed < 0 && start == end) {
      return null;
    }
    number++;
    byte[] line = Arrays.copyOfRange(buffer, start, feed < 0 ? end : feed);
    start = feed < 0 ? end : feed + 1;
    tooLong |= line.length > MAXIMUM_LINE;
    return line;
  }

  /** The number of the line last read, from 1. */
  long number() {
    return number;
  }

  /** Whether the line last read was longer than {@link #MAXIMUM_LINE}. */
  boolean tooLong() {
    return tooLong;
  }

  private int findLineFeed(int from) {
    for (int index = from; index < end; index++) {
      if (buffer[index] == '\n') {
        return index;
      }
    }
    return -1;
  }

  private boolean fill() throws IOException {
    if (start > 0) {
      System.arraycopy(buffer, start, buffer, 0, end - start);
      end -= start;
      start = 0;
    }
    int read = stream.read(buffer, end, buffer.length - end);
    if (read > 0) {
      end += read;
    }
    return read >= 0;
  }
}
