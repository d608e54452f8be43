package dev.userservice.history;

/** Short ways to write a history of one register, each of whose calls is a client's only one. */
final class TestEvents {

  private static final String KEY = "register";

  private TestEvents() {}

  static Event read(long value, long begin, long end) {
    return Event.read("strong", "any", KEY, value, begin, end, Outcome.DONE);
  }

  static Event write(long value, long begin, long end) {
    return Event.write("any", KEY, value, begin, end, Outcome.DONE);
  }

  static Event unknownWrite(long value, long begin) {
    return Event.write("any", KEY, value, begin, begin, Outcome.UNKNOWN);
  }
}
