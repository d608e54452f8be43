package dev.userservice.drill;

/**
 * One call on a register, as its client saw it.
 *
 * @param kind what was asked
 * @param value what was written, or what the read answered
 * @param calledAt before the request was sent
 * @param answeredAt after the answer came; {@link #NEVER} for a write of unknown outcome, which may
 *     have happened at any time after the call, or not at all
 */
record Operation(Kind kind, long value, long calledAt, long answeredAt) {

  static final long NEVER = Long.MAX_VALUE;

  enum Kind {
    READ,
    WRITE
  }

  static Operation read(long value, long calledAt, long answeredAt) {
    return new Operation(Kind.READ, value, calledAt, answeredAt);
  }

  static Operation write(long value, long calledAt, long answeredAt) {
    return new Operation(Kind.WRITE, value, calledAt, answeredAt);
  }

  static Operation unknownWrite(long value, long calledAt) {
    return new Operation(Kind.WRITE, value, calledAt, NEVER);
  }

  boolean isWrite() {
    return kind == Kind.WRITE;
  }

  boolean isUnknown() {
    return answeredAt == NEVER;
  }
}
