package dev.userservice.user;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.userservice.http.Violations;
import dev.userservice.replication.Consistency;
import dev.userservice.sharding.Reply;
import dev.userservice.sharding.Shard;
import dev.userservice.sharding.ShardTransactions;
import dev.userservice.sharding.ShardTransactions.Repeat;
import dev.userservice.sharding.Shards;
import jakarta.inject.Singleton;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.Validator;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Changes users, one transaction each. Blocks. */
@Singleton
final class UserWrites {

  private final Shards shards;
  private final ShardTransactions transactions;
  private final UserRepository users;
  private final IdempotentWrites idempotent;
  private final UserIdSequence ids;
  private final Validator validator;
  private final ObjectMapper mapper;

  UserWrites(
      Shards shards,
      ShardTransactions transactions,
      UserRepository users,
      IdempotentWrites idempotent,
      UserIdSequence ids,
      Validator validator,
      ObjectMapper mapper) {
    this.shards = shards;
    this.transactions = transactions;
    this.users = users;
    this.idempotent = idempotent;
    this.ids = ids;
    this.validator = validator;
    this.mapper = mapper;
  }

  /**
   * Creates a user under a new ID. With a key, the ID is drawn from the slot that the key falls
   * into, so that a repetition finds the shard again.
   */
  Reply<IdempotentWrites.Answer> create(
      UserRequest request, @Nullable IdempotencyKey key, Consistency session) {
    if (key == null) {
      return createAnywhere(request, session).map(user -> new IdempotentWrites.Answer(user, false));
    }
    int slot = shards.map().slotOf(key.hash());
    return transactions.run(
        shards.ofSlot(slot),
        Repeat.SAFE,
        session,
        () -> idempotent.run(key, request, () -> createInSlot(slot, request)));
  }

  /** Creates or replaces a user, under the caller's conditions. */
  Reply<User> put(long id, UserRequest request, Preconditions preconditions, Consistency session) {
    Shard shard = shards.of(id);
    if (preconditions.none()) {
      return transactions.run(shard, Repeat.SAFE, session, () -> users.put(id, request));
    }
    return transactions.run(
        shard,
        Repeat.UNSAFE,
        session,
        () -> {
          Optional<User> present = users.lock(id);
          preconditions.checkForWrite(present);
          return present.isPresent() ? users.put(id, request) : createOnly(id, request);
        });
  }

  /** Sets the two founding fields of a user, creating it if need be. */
  Reply<User> putNameAndAge(
      long id, FoundingRequest request, @Nullable IdempotencyKey key, Consistency session) {
    Supplier<User> write = () -> users.putNameAndAge(id, request.name(), request.age());
    return transactions.run(
        shards.of(id),
        Repeat.SAFE,
        session,
        () -> key == null ? write.get() : idempotent.run(key, request, write).user());
  }

  /** Merges a patch into a user. */
  Reply<User> patch(long id, UserPatch patch, Preconditions preconditions, Consistency session) {
    return transactions.run(
        shards.of(id),
        preconditions.none() ? Repeat.SAFE : Repeat.UNSAFE,
        session,
        () -> {
          User present = users.lock(id).orElseThrow(() -> new UserNotFoundException(id));
          preconditions.checkForWrite(Optional.of(present));
          return users.put(id, valid(patch.applyTo(present, mapper)));
        });
  }

  /** Removes a user. */
  Reply<Long> delete(long id, Preconditions preconditions, Consistency session) {
    return transactions.run(
        shards.of(id),
        Repeat.UNSAFE,
        session,
        () -> {
          if (!preconditions.none()) {
            preconditions.checkForWrite(users.lock(id));
          }
          if (!users.deleteById(id)) {
            throw new UserNotFoundException(id);
          }
          return id;
        });
  }

  private Reply<User> createAnywhere(UserRequest request, Consistency session) {
    while (true) {
      long id = ids.next();
      Reply<Optional<User>> created =
          transactions.run(shards.of(id), Repeat.UNSAFE, session, () -> users.create(id, request));
      if (created.value().isPresent()) {
        return created.map(Optional::orElseThrow);
      }
    }
  }

  private User createInSlot(int slot, UserRequest request) {
    while (true) {
      long id = ids.next(candidate -> shards.map().slotOf(candidate) == slot);
      Optional<User> created = users.create(id, request);
      if (created.isPresent()) {
        return created.get();
      }
    }
  }

  private User createOnly(long id, UserRequest request) {
    return users
        .create(id, request)
        .orElseThrow(() -> Preconditions.failed("Another request has just created this user."));
  }

  private UserRequest valid(UserRequest request) {
    Set<ConstraintViolation<UserRequest>> violations = validator.validate(request);
    if (!violations.isEmpty()) {
      throw Violations.exception(violations);
    }
    return request;
  }
}
