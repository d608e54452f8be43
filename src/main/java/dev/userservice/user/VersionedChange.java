package dev.userservice.user;

import dev.userservice.sharding.write.Write;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A change that leaves the user in a new version, by which it is recognised afterwards.
 *
 * @param users the users of the transaction's shard
 * @param id the user's ID
 * @param change makes the change and answers the user as it is then
 */
record VersionedChange(UserRepository users, long id, Supplier<User> change)
    implements Write<User> {

  @Override
  public User run() {
    return change.get();
  }

  @Override
  public Optional<User> resolve(User unanswered) {
    return switch (CommitEvidence.of(unanswered, users.lock(id))) {
      case COMMITTED -> Optional.of(unanswered);
      case NOT_COMMITTED -> Optional.of(change.get());
      case UNKNOWN -> Optional.empty();
    };
  }
}
