package dev.userservice.user.idempotency;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.userservice.http.ProblemException;
import dev.userservice.http.ProblemType;
import dev.userservice.sharding.write.RequestInProgressException;
import dev.userservice.user.User;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Tuple;
import java.util.Arrays;
import java.util.function.Supplier;

/**
 * Answers a repeated request from memory. Key, request and answer are kept on the user's own shard,
 * in the transaction of the write itself, so that none is ever there without the other.
 *
 * <p>An advisory lock held for the transaction tells a request that is still running. Costs two
 * round trips on top of the write's own.
 */
@ApplicationScoped
public class IdempotentWrites {

  private static final String FIND =
      """
      SELECT pg_try_advisory_xact_lock(:hash) AS locked, k.request AS request, k.answer AS answer
      FROM (SELECT 1) one
      LEFT JOIN idempotency_key k ON k.operation = :operation AND k.key = :key
      """;
  private static final String KEEP =
      """
      INSERT INTO idempotency_key (operation, key, slot, request, user_id, answer)
      VALUES (:operation, :key, slot_of(:userId), :request, :userId, :answer)
      ON CONFLICT (operation, key) DO NOTHING
      """;

  private final EntityManager database;
  private final ObjectMapper mapper;

  IdempotentWrites(EntityManager database, ObjectMapper mapper) {
    this.database = database;
    this.mapper = mapper;
  }

  /**
   * What a write answered.
   *
   * @param user the user, as it was answered the first time
   * @param replayed whether nothing was written this time
   */
  public record Answer(User user, boolean replayed) {}

  /** Runs the write in the current transaction, or answers what its first run answered. */
  public Answer run(IdempotencyKey key, Object request, Supplier<User> write) {
    byte[] digest = Sha256.of(json(request)).array();
    Tuple found =
        (Tuple)
            database
                .createNativeQuery(FIND, Tuple.class)
                .setParameter("hash", key.hash())
                .setParameter("operation", key.operation())
                .setParameter("key", key.key())
                .getSingleResult();
    if (found.get("answer") != null) {
      return replay(digest, found);
    }
    if (!found.get("locked", Boolean.class)) {
      throw new RequestInProgressException();
    }
    User user = write.get();
    keep(key, digest, user);
    return new Answer(user, false);
  }

  private Answer replay(byte[] digest, Tuple found) {
    if (!Arrays.equals(digest, found.get("request", byte[].class))) {
      throw new ProblemException(
          ProblemType.IDEMPOTENCY_KEY_REUSED,
          "This Idempotency-Key was used before, with another request.");
    }
    try {
      return new Answer(
          mapper.readerFor(User.class).readValue(found.get("answer", String.class)), true);
    } catch (JsonProcessingException ownDefect) {
      throw new IllegalStateException(ownDefect);
    }
  }

  private void keep(IdempotencyKey key, byte[] digest, User user) {
    int kept =
        database
            .createNativeQuery(KEEP)
            .setParameter("operation", key.operation())
            .setParameter("key", key.key())
            .setParameter("userId", user.id())
            .setParameter("request", digest)
            .setParameter("answer", json(user))
            .executeUpdate();
    if (kept == 0) {
      throw new RequestInProgressException();
    }
  }

  private String json(Object value) {
    try {
      return mapper.writeValueAsString(value);
    } catch (JsonProcessingException ownDefect) {
      throw new IllegalStateException(ownDefect);
    }
  }
}
