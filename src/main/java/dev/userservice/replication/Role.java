package dev.userservice.replication;

import dev.userservice.label.Labels;

/** What a server was when it last answered a probe. */
public enum Role {
  /** Takes writes. */
  PRIMARY,
  /** Replays the primary's log and answers reads. */
  REPLICA,
  /** Has not answered, or its last answer can no longer be trusted. */
  UNKNOWN;

  private final String label = Labels.of(this);

  /** The name in headers. */
  public String label() {
    return label;
  }
}
