package dev.userservice.user;

import dev.userservice.sharding.write.Write;
import java.util.Optional;

/**
 * The creation of a user under an ID; empty if the ID is taken. A user that is not there afterwards
 * may have been created and deleted, so only one that is there tells what became of the write.
 *
 * @param users the users of the transaction's shard
 * @param id the new user's ID
 * @param request what the user is to be
 */
record Creation(UserRepository users, long id, UserRequest request)
    implements Write<Optional<User>> {

  @Override
  public Optional<User> run() {
    return users.create(id, request);
  }

  @Override
  public Optional<Optional<User>> resolve(Optional<User> unanswered) {
    boolean nothingWritten = unanswered.isEmpty();
    return nothingWritten || isThere(unanswered.get()) ? Optional.of(unanswered) : Optional.empty();
  }

  private boolean isThere(User created) {
    return CommitEvidence.of(created, users.lock(id)) == CommitEvidence.COMMITTED;
  }
}
