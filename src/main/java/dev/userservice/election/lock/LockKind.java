package dev.userservice.election.lock;

import dev.userservice.label.Labels;

/** Where the lock is. */
public enum LockKind {
  /** A Lease of the Kubernetes API. */
  KUBERNETES,
  /** The votes of the shards' primaries. */
  QUORUM;

  /** As it is configured and shown. */
  public String label() {
    return Labels.of(this);
  }
}
