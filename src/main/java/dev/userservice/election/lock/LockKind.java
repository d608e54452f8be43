package dev.userservice.election.lock;

import dev.userservice.label.Labels;

/** The kinds of lock. */
public enum LockKind {
  /** A Lease of the Kubernetes API. */
  KUBERNETES,
  /** The votes of the shards' primaries. */
  QUORUM;

  /** The name in configuration, JSON and logs. */
  public String label() {
    return Labels.of(this);
  }
}
