package dev.userservice.user;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.userservice.consistency.Consistency;
import dev.userservice.http.Violations;
import dev.userservice.sharding.Replies;
import dev.userservice.sharding.Reply;
import dev.userservice.sharding.Shards;
import dev.userservice.sharding.write.Committed;
import dev.userservice.sharding.write.WriteGate;
import dev.userservice.user.idempotency.IdempotencyKey;
import dev.userservice.user.idempotency.IdempotentWrites;
import jakarta.inject.Singleton;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.Validator;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Changes users, one transaction each. Blocks. */
@Singleton
public final class UserWrites {

  private final Shards shards;
  private final WriteGate gate;
  private final Replies replies;
  private final UserRepository users;
  private final IdempotentWrites idempotent;
  private final UserIdSequence ids;
  private final Validator validator;
  private final ObjectMapper mapper;

  UserWrites(
      Shards shards,
      WriteGate gate,
      Replies replies,
      UserRepository users,
      IdempotentWrites idempotent,
      UserIdSequence ids,
      Validator validator,
      ObjectMapper mapper) {
    this.shards = shards;
    this.gate = gate;
    this.replies = replies;
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
  public Reply<IdempotentWrites.Answer<User>> create(
      UserRequest request, @Nullable IdempotencyKey key, Consistency session) {
    if (key == null) {
      return createAnywhere(request, session)
          .map(user -> new IdempotentWrites.Answer<>(user, false));
    }
    int slot = shards.map().slotOf(key.hash());
    return answered(
        gate.runInSlot(
            slot, new KeyedWrite<>(() -> once(key, request, () -> createInSlot(slot, request)))),
        session);
  }

  /** Creates or replaces a user, under the caller's conditions. */
  public Reply<User> put(
      long id, UserRequest request, Preconditions preconditions, Consistency session) {
    if (preconditions.none()) {
      return change(id, session, () -> users.put(id, request));
    }
    return change(
        id,
        session,
        () -> {
          Optional<User> present = users.lock(id);
          preconditions.checkForWrite(present);
          return present.isPresent() ? users.put(id, request) : createOnly(id, request);
        });
  }

  /** Sets the name and the age of a user, creating it if need be. */
  public Reply<User> putNameAndAge(
      long id, NameAndAge request, @Nullable IdempotencyKey key, Consistency session) {
    Supplier<User> write = () -> users.putNameAndAge(id, request.name(), request.age());
    if (key == null) {
      return change(id, session, write);
    }
    return answered(
        gate.run(id, new KeyedWrite<>(() -> once(key, request, write).value())), session);
  }

  /** Merges a patch into a user. */
  public Reply<User> patch(
      long id, UserPatch patch, Preconditions preconditions, Consistency session) {
    return change(
        id,
        session,
        () -> {
          User present = users.lock(id).orElseThrow(() -> new UserNotFoundException(id));
          preconditions.checkForWrite(Optional.of(present));
          return users.put(id, valid(patch.applyTo(present, mapper)));
        });
  }

  /** Removes a user, and answers what it was. */
  public Reply<User> delete(long id, Preconditions preconditions, Consistency session) {
    return answered(gate.run(id, new Deletion(users, id, preconditions)), session);
  }

  private Reply<User> change(long id, Consistency session, Supplier<User> change) {
    return answered(gate.run(id, new VersionedChange(users, id, change)), session);
  }

  private Reply<User> createAnywhere(UserRequest request, Consistency session) {
    while (true) {
      long id = ids.next();
      Reply<Optional<User>> created =
          answered(gate.run(id, new Creation(users, id, request)), session);
      if (created.value().isPresent()) {
        return created.map(Optional::orElseThrow);
      }
    }
  }

  private <T> Reply<T> answered(Committed<T> written, Consistency session) {
    return replies.written(written.value(), written.positions(), session);
  }

  private IdempotentWrites.Answer<User> once(
      IdempotencyKey key, Object request, Supplier<User> write) {
    return idempotent.run(key, request, User.class, User::id, write);
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
