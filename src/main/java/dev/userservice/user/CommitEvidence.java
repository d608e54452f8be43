package dev.userservice.user;

import java.util.Optional;

/**
 * What became of a write whose commit was never answered, told by the user that it would have left.
 * Versions count up by one and no two writes make the same one, so most of the time one look
 * decides. A user that is gone, or has been changed more than once since, tells nothing.
 */
enum CommitEvidence {
  COMMITTED,
  NOT_COMMITTED,
  UNKNOWN;

  /**
   * Judges by the user as it is now, locked so that it stays so.
   *
   * @param written what the write would have answered
   */
  static CommitEvidence of(User written, Optional<User> present) {
    if (present.isEmpty() || !present.get().createdAt().equals(written.createdAt())) {
      return UNKNOWN;
    }
    User now = present.get();
    if (now.version() > written.version()) {
      return UNKNOWN;
    }
    return now.entityTag().equals(written.entityTag()) ? COMMITTED : NOT_COMMITTED;
  }
}
