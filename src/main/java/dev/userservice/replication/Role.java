package dev.userservice.replication;

import dev.userservice.label.Labels;

/** The role of a server by its last answer to a probe. */
public enum Role {
  /** Accepts writes. */
  PRIMARY,
  /** Replays the primary's log and answers reads. */
  REPLICA,
  /** It has not answered, or its last answer is no longer valid. */
  UNKNOWN;

  private final String label = Labels.of(this);

  /** The name in headers. */
  public String label() {
    return label;
  }
}
