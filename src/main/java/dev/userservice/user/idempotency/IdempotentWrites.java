package dev.userservice.user.idempotency;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.userservice.http.ProblemException;
import dev.userservice.http.ProblemType;
import dev.userservice.sharding.write.RequestInProgressException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Tuple;
import java.util.Arrays;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/**
 * Answers a repeated request from memory. Key, request and answer are kept on the user's own shard,
 * in the transaction of the write itself, so that none is ever there without the other.
 *
 * <p>An advisory lock held for the transaction tells a request that is still running. A repeated
 * request is answered after a replica has what the first run wrote. Costs two round trips on top of
 * the write's own; a repetition takes two in all.
 */
@ApplicationScoped
public class IdempotentWrites {

  private static final String FIND =
      """
      SELECT pg_try_advisory_xact_lock(:hash) AS locked, k.request AS request, k.answer AS answer
      FROM (SELECT 1) one
      LEFT JOIN idempotency_key k ON k.operation = :operation AND k.key = :key
      """;
  // A record of the log, so that the commit waits for replicas: that of the first run may not have.
  private static final String CONFIRM =
      "SELECT 1 FROM pg_logical_emit_message(true, 'user-service', 'repeated')";
  private static final String KEEP =
      """
      INSERT INTO idempotency_key (operation, key, slot, request, user_id, answer, created_at)
      VALUES (:operation, :key, slot_of(:userId), :request, :userId, :answer, clock_timestamp())
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
   * @param value what the first run answered
   * @param replayed whether nothing was written this time
   * @param <T> what the write answers
   */
  public record Answer<T>(T value, boolean replayed) {}

  /**
   * Runs the write in the current transaction, or answers what its first run answered.
   *
   * @param request the request, by which a key that is used for another request is recognised
   * @param type what the write answers; kept as JSON
   * @param userId the ID of the user that the answer speaks of
   */
  public <T> Answer<T> run(
      IdempotencyKey key,
      Object request,
      Class<T> type,
      ToLongFunction<T> userId,
      Supplier<T> write) {
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
      database.createNativeQuery(CONFIRM, Integer.class).getSingleResult();
      return replay(digest, found, type);
    }
    if (!found.get("locked", Boolean.class)) {
      throw new RequestInProgressException();
    }
    T value = write.get();
    keep(key, digest, userId.applyAsLong(value), value);
    return new Answer<>(value, false);
  }

  private <T> Answer<T> replay(byte[] digest, Tuple found, Class<T> type) {
    if (!Arrays.equals(digest, found.get("request", byte[].class))) {
      throw new ProblemException(
          ProblemType.IDEMPOTENCY_KEY_REUSED,
          "This Idempotency-Key was used before, with another request.");
    }
    try {
      return new Answer<>(
          mapper.readerFor(type).readValue(found.get("answer", String.class)), true);
    } catch (JsonProcessingException ownDefect) {
      throw new IllegalStateException(ownDefect);
    }
  }

  private void keep(IdempotencyKey key, byte[] digest, long userId, Object answer) {
    int kept =
        database
            .createNativeQuery(KEEP)
            .setParameter("operation", key.operation())
            .setParameter("key", key.key())
            .setParameter("userId", userId)
            .setParameter("request", digest)
            .setParameter("answer", json(answer))
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
