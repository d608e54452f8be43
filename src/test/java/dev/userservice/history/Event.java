package dev.userservice.history;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One call, as its client saw it.
 *
 * @param operation what was asked
 * @param level of a read: {@code strong}, {@code session}, {@code bounded=} and milliseconds, or
 *     {@code eventual}; null for a write
 * @param session who asked, one call after the other
 * @param key what was written or read; keys are independent of each other
 * @param value what was written, or what the read showed; {@link #ABSENT} if there was nothing. No
 *     two writes of a key have the same value, and none has {@link #ABSENT}
 * @param begin before the request was sent, in nanoseconds of one clock for the whole history
 * @param end after the answer came, or the client gave up
 * @param outcome how it ended
 */
public record Event(
    @JsonProperty("operation") Operation operation,
    @JsonProperty("level") @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String level,
    @JsonProperty("session") String session,
    @JsonProperty("key") String key,
    @JsonProperty("value") long value,
    @JsonProperty("begin") long begin,
    @JsonProperty("end") long end,
    @JsonProperty("outcome") Outcome outcome) {

  /** The value of a key that nobody has written. */
  public static final long ABSENT = -1;

  private static final String BOUNDED = "bounded=";

  /** What a client asks for. */
  public enum Operation {
    /** Sets the value of a key. */
    @JsonProperty("write")
    WRITE,
    /** Reads the value of a key. */
    @JsonProperty("read")
    READ
  }

  /** Checks that the call could have been made. */
  public Event {
    if (end < begin) {
      throw new IllegalArgumentException("a call ended before it began: " + begin + " to " + end);
    }
    if (operation == Operation.READ && level == null) {
      throw new IllegalArgumentException("a read has no level");
    }
  }

  /** A write. */
  public static Event write(
      String session, String key, long value, long begin, long end, Outcome outcome) {
    return new Event(Operation.WRITE, null, session, key, value, begin, end, outcome);
  }

  /** A read. */
  public static Event read(
      String level, String session, String key, long value, long begin, long end, Outcome outcome) {
    return new Event(Operation.READ, level, session, key, value, begin, end, outcome);
  }

  @JsonIgnore
  boolean isWrite() {
    return operation == Operation.WRITE;
  }

  @JsonIgnore
  boolean isDone() {
    return outcome == Outcome.DONE;
  }

  /** When it had happened for certain; the highest number for a write that may be made late. */
  @JsonIgnore
  long certainEnd() {
    return isDone() ? end : Long.MAX_VALUE;
  }

  /** The same write, known to have happened by some moment. */
  Event endedBy(long moment) {
    return write(session, key, value, begin, moment, Outcome.DONE);
  }

  /** A write that happened, or may have. */
  @JsonIgnore
  boolean mayHaveHappened() {
    return isWrite() && outcome != Outcome.REFUSED;
  }

  @JsonIgnore
  boolean isStrong() {
    return "strong".equals(level);
  }

  @JsonIgnore
  boolean isSession() {
    return "session".equals(level);
  }

  /** The same call by another session. */
  Event of(String other) {
    return new Event(operation, level, other, key, value, begin, end, outcome);
  }

  /** The bound of a bounded read; null for anything else. */
  @Nullable Duration bound() {
    return level != null && level.startsWith(BOUNDED)
        ? Duration.ofMillis(Long.parseLong(level.substring(BOUNDED.length())))
        : null;
  }
}
