package dev.userservice.drill;

/** A user that only one client writes, each time with a higher counter. */
final class CounterUser {

  private final long id;
  private long attempted;
  private long acknowledged;

  CounterUser(long id) {
    this.id = id;
  }

  long id() {
    return id;
  }

  long next() {
    return ++attempted;
  }

  void acknowledged(long counter) {
    acknowledged = counter;
  }

  boolean written() {
    return acknowledged > 0;
  }

  /** Whether an answer shows less than what was acknowledged before the read was sent. */
  boolean isOlder(UserAnswer answer) {
    return answer.notFound() ? written() : answer.counter() < acknowledged;
  }

  @Override
  public String toString() {
    return "user " + id + " acknowledged at " + acknowledged;
  }
}
