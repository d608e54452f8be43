package dev.userservice.drill;

/** A user that only one client writes, each time with a higher counter. */
final class CounterUser {

  private final long id;
  private long attempted;
  private boolean written;

  CounterUser(long id) {
    this.id = id;
  }

  long id() {
    return id;
  }

  long next() {
    return ++attempted;
  }

  void acknowledged() {
    written = true;
  }

  boolean written() {
    return written;
  }
}
