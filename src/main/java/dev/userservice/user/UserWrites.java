package dev.userservice.user;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.userservice.http.Violations;
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
  private final UserRepository users;
  private final IdempotentWrites idempotent;
  private final UserIdSequence ids;
  private final Validator validator;
  private final ObjectMapper mapper;

  UserWrites(
      Shards shards,
      WriteGate gate,
      UserRepository users,
      IdempotentWrites idempotent,
      UserIdSequence ids,
      Validator validator,
      ObjectMapper mapper) {
    this.shards = shards;
    this.gate = gate;
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
  public Committed<IdempotentWrites.Answer<User>> create(
      UserRequest request, @Nullable IdempotencyKey key) {
    if (key == null) {
      return createAnywhere(request).map(user -> new IdempotentWrites.Answer<>(user, false));
    }
    int slot = shards.map().slotOf(key.hash());
    return gate.runInSlot(
        slot,
        new KeyedWrite<>(() -> once(key, request.inOrder(), () -> createInSlot(slot, request))));
  }

  /** Creates or replaces a user, under the caller's conditions. */
  public Committed<User> put(long id, UserRequest request, Preconditions preconditions) {
    if (preconditions.none()) {
      return change(id, () -> users.put(id, request));
    }
    return change(
        id,
        () -> {
          Optional<User> present = users.lock(id);
          preconditions.checkForWrite(present);
          return present.isPresent() ? users.put(id, request) : createOnly(id, request);
        });
  }

  /** Sets the name and the age of a user, creating it if need be, under the caller's conditions. */
  public Committed<IdempotentWrites.Answer<User>> putNameAndAge(
      long id, NameAndAge request, Preconditions preconditions, @Nullable IdempotencyKey key) {
    return keyed(
        id,
        key,
        request,
        () -> {
          if (preconditions.none()) {
            return users.putNameAndAge(id, request.name(), request.age());
          }
          Optional<User> present = users.lock(id);
          preconditions.checkForWrite(present);
          return present.isPresent()
              ? users.putNameAndAge(id, request.name(), request.age())
              : createOnly(id, new UserRequest(request.name(), request.age(), null, null));
        });
  }

  /** Merges a patch into a user, under the caller's conditions. */
  public Committed<IdempotentWrites.Answer<User>> patch(
      long id, UserPatch patch, Preconditions preconditions, @Nullable IdempotencyKey key) {
    return keyed(
        id,
        key,
        patch.inOrder(),
        () -> {
          User present = users.lock(id).orElseThrow(() -> new UserNotFoundException(id));
          preconditions.checkForWrite(Optional.of(present));
          return users.put(id, valid(patch.applyTo(present, mapper)));
        });
  }

  /** Removes a user, and answers what it was. */
  public Committed<User> delete(long id, Preconditions preconditions) {
    return gate.run(id, new Deletion(users, id, preconditions));
  }

  private Committed<IdempotentWrites.Answer<User>> keyed(
      long id, @Nullable IdempotencyKey key, Object request, Supplier<User> write) {
    return key == null
        ? change(id, write).map(user -> new IdempotentWrites.Answer<>(user, false))
        : gate.run(id, new KeyedWrite<>(() -> once(key, request, write)));
  }

  private Committed<User> change(long id, Supplier<User> change) {
    return gate.run(id, new VersionedChange(users, id, change));
  }

  private Committed<User> createAnywhere(UserRequest request) {
    while (true) {
      long id = ids.next();
      Committed<Optional<User>> created = gate.run(id, new Creation(users, id, request));
      if (created.value().isPresent()) {
        return created.map(Optional::orElseThrow);
      }
    }
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
