package dev.userservice.history;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How a call ended. */
public enum Outcome {
  /** Answered: the write was made, or the read shows a value. */
  @JsonProperty("done")
  DONE,
  /** A write of which the service says that it was not made. */
  @JsonProperty("refused")
  REFUSED,
  /** A write that may have been made, or may still be made. */
  @JsonProperty("unknown")
  UNKNOWN,
  /** A read without an answer. */
  @JsonProperty("unanswered")
  UNANSWERED,
  /** The service said that a failover may have lost what the session has seen; it begins anew. */
  @JsonProperty("session-lost")
  SESSION_LOST
}
