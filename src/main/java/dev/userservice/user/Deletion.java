package dev.userservice.user;

import dev.userservice.sharding.write.Write;
import java.util.Optional;

/**
 * The deletion of a user under the caller's conditions; answers what the user was. A user that is
 * still there was not deleted; one that is gone may have been deleted by another request.
 *
 * @param users the users of the transaction's shard
 * @param id the user's ID
 * @param preconditions the caller's conditions
 */
record Deletion(UserRepository users, long id, Preconditions preconditions) implements Write<User> {

  @Override
  public User run() {
    if (!preconditions.none()) {
      User present = users.lock(id).orElseThrow(() -> new UserNotFoundException(id));
      preconditions.checkForWrite(Optional.of(present));
    }
    return users.delete(id).orElseThrow(() -> new UserNotFoundException(id));
  }

  @Override
  public Optional<User> resolve(User unanswered) {
    return users
        .lock(id)
        .filter(present -> present.createdAt().equals(unanswered.createdAt()))
        .map(present -> run());
  }
}
