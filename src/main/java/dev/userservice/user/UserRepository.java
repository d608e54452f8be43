package dev.userservice.user;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.util.Optional;
import java.util.stream.Stream;
import org.hibernate.Session;
import org.hibernate.query.NativeQuery;
import org.jspecify.annotations.Nullable;

/**
 * Writes users, each method in one statement that answers what it wrote: nothing is read back. Must
 * be called in a transaction on the user's shard.
 */
@ApplicationScoped
class UserRepository implements PanacheRepositoryBase<UserEntity, Long> {

  private static final String COLUMNS =
      " id, name, age, email, attributes, version, created_at, updated_at";
  private static final String TIMES = ", created_at, updated_at)";

  // Not now(), which is when the transaction began, perhaps before it waited for another's.
  private static final String SINCE = ", statement_timestamp(), statement_timestamp())";
  private static final String INSERT =
      """
      INSERT INTO users (id, name, age, email, attributes%s
      VALUES (:id, :name, :age, :email, CAST(:attributes AS json)%s
      """
          .formatted(TIMES, SINCE);

  // Later than that of the version before, also if this server's clock is behind. How much later is
  // random then: a write that a failover undoes and the one in its place must differ in their time,
  // by which they are told apart.
  private static final String NEXT_VERSION =
      """
      version = users.version + 1,
      updated_at = greatest(
        clock_timestamp(),
        users.updated_at + (1 + floor(random() * 4096)) * interval '1 microsecond')
      """;
  private static final String CREATE = INSERT + "ON CONFLICT (id) DO NOTHING RETURNING" + COLUMNS;
  private static final String PUT =
      INSERT
          + """
          ON CONFLICT (id) DO UPDATE
          SET name = EXCLUDED.name, age = EXCLUDED.age, email = EXCLUDED.email,
              attributes = EXCLUDED.attributes,
          """
          + NEXT_VERSION
          + "RETURNING"
          + COLUMNS.replace(" ", " users.");
  private static final String PUT_NAME_AND_AGE =
      """
      INSERT INTO users (id, name, age%s VALUES (:id, :name, :age%s
      ON CONFLICT (id) DO UPDATE
      SET name = EXCLUDED.name, age = EXCLUDED.age,
      """
              .formatted(TIMES, SINCE)
          + NEXT_VERSION
          + "RETURNING"
          + COLUMNS.replace(" ", " users.");

  private static final String DELETE = "DELETE FROM users WHERE id = :id RETURNING" + COLUMNS;

  /** Creates a user; empty if the ID is taken. */
  Optional<User> create(long id, UserRequest request) {
    return users(bind(CREATE, id, request)).findFirst();
  }

  /** Creates or replaces a user. Version 1 tells that it was created. */
  User put(long id, UserRequest request) {
    return users(bind(PUT, id, request)).findFirst().orElseThrow();
  }

  /** Creates a user, or replaces only the name and the age of one. */
  User putNameAndAge(long id, String name, @Nullable Integer age) {
    return users(query(PUT_NAME_AND_AGE, id, name, age)).findFirst().orElseThrow();
  }

  /** Removes a user and answers what it was; empty if there is none. */
  Optional<User> delete(long id) {
    return users(statement(DELETE, id)).findFirst();
  }

  /** The user, locked against other writers until the transaction ends. */
  Optional<User> lock(long id) {
    UserEntity locked = findById(id, LockModeType.PESSIMISTIC_WRITE);
    if (locked == null) {
      return Optional.empty();
    }
    getEntityManager().detach(locked);
    return Optional.of(locked.toUser());
  }

  private NativeQuery<UserEntity> bind(String statement, long id, UserRequest request) {
    return query(statement, id, request.name(), request.age())
        .setParameter("email", request.email(), String.class)
        .setParameter("attributes", request.attributesOrNone().json());
  }

  private NativeQuery<UserEntity> query(
      String statement, long id, String name, @Nullable Integer age) {
    return statement(statement, id)
        .setParameter("name", name)
        .setParameter("age", age, Integer.class);
  }

  private NativeQuery<UserEntity> statement(String statement, long id) {
    return getEntityManager()
        .unwrap(Session.class)
        .createNativeQuery(statement, UserEntity.class)
        .setParameter("id", id);
  }

  private static Stream<User> users(NativeQuery<UserEntity> query) {
    return query.getResultList().stream().map(UserEntity::toUser);
  }
}
