package dev.userservice.user;

import static org.assertj.core.api.Assertions.assertThat;

import dev.userservice.sharding.write.Write;
import dev.userservice.sharding.write.WriteGate;
import dev.userservice.user.json.Attributes;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What each kind of write finds out, on the database itself, about a run whose commit was not
 * answered. The gate runs it; that the answer was lost is only said.
 */
@QuarkusTest
class ResolvedWritesTest {

  private static final UserRequest FIRST = request("first");
  private static final UserRequest CHANGED = request("changed");
  private static final UserRequest LATER = request("later");

  @Inject UserRepository users;
  @Inject UserIdSequence ids;
  @Inject WriteGate gate;
  private long id;

  @BeforeEach
  void newUser() {
    id = ids.next();
  }

  @Test
  void aCommittedChangeIsFoundAndNotMadeAgain() {
    put(FIRST);
    VersionedChange change = change(CHANGED);
    User unanswered = run(change);
    assertThat(resolved(change, unanswered)).contains(unanswered);
    assertThat(present()).contains(unanswered);
  }

  @Test
  void aChangeThatWasRolledBackIsMade() {
    User first = put(FIRST);
    VersionedChange change = change(CHANGED);
    User resolved = resolved(change, after(first)).orElseThrow();
    assertThat(resolved.name()).isEqualTo("changed");
    assertThat(present()).contains(resolved);
  }

  @Test
  void aChangeThatOthersHaveReplacedIsNotMadeAgain() {
    User first = put(FIRST);
    put(CHANGED);
    User later = put(LATER);
    assertThat(resolved(change(CHANGED), after(first))).isEmpty();
    assertThat(present()).contains(later);
  }

  @Test
  void aChangeOfAUserThatIsGoneDoesNotBringItBack() {
    User first = put(FIRST);
    delete();
    assertThat(resolved(change(CHANGED), after(first))).isEmpty();
    assertThat(present()).isEmpty();
  }

  @Test
  void aCommittedCreationIsFound() {
    Creation creation = new Creation(users, id, FIRST);
    Optional<User> unanswered = run(creation);
    assertThat(unanswered).isPresent();
    assertThat(resolved(creation, unanswered)).contains(unanswered);
  }

  @Test
  void aCreationThatFoundTheIdTakenWroteNothing() {
    put(FIRST);
    Creation creation = new Creation(users, id, CHANGED);
    Optional<User> unanswered = run(creation);
    assertThat(unanswered).isEmpty();
    assertThat(resolved(creation, unanswered)).contains(Optional.empty());
  }

  @Test
  void aCreationWithoutAUserMayHaveBeenDeleted() {
    Creation creation = new Creation(users, id, FIRST);
    Optional<User> unanswered = run(creation);
    delete();
    assertThat(resolved(creation, unanswered)).isEmpty();
    assertThat(present()).isEmpty();
  }

  @Test
  void aDeletionThatWasRolledBackIsMade() {
    User first = put(FIRST);
    assertThat(resolved(deletion(), first)).contains(first);
    assertThat(present()).isEmpty();
  }

  @Test
  void aDeletionOfAUserThatIsGoneIsNotClaimed() {
    User first = put(FIRST);
    delete();
    assertThat(resolved(deletion(), first)).isEmpty();
  }

  @Test
  void aUserThatWasCreatedAnewIsNotDeleted() {
    User first = put(FIRST);
    delete();
    User anew = put(LATER);
    assertThat(resolved(deletion(), first)).isEmpty();
    assertThat(present()).contains(anew);
  }

  @Test
  void aWriteUnderAKeyRunsAgainAndDecidesByItsKey() {
    AtomicInteger runs = new AtomicInteger();
    KeyedWrite<Integer> write = new KeyedWrite<>(runs::incrementAndGet);
    assertThat(run(write)).isEqualTo(1);
    assertThat(resolved(write, 1)).contains(2);
  }

  private VersionedChange change(UserRequest request) {
    return new VersionedChange(users, id, () -> users.put(id, request));
  }

  private Deletion deletion() {
    return new Deletion(users, id, new Preconditions());
  }

  private User put(UserRequest request) {
    return run(change(request));
  }

  private void delete() {
    run(deletion());
  }

  private Optional<User> present() {
    return run(new KeyedWrite<>(() -> users.lock(id)));
  }

  private <T> T run(Write<T> write) {
    return gate.run(id, write).value();
  }

  private <T> Optional<T> resolved(Write<T> write, T unanswered) {
    return gate.run(id, new Resolution<>(write, unanswered)).value();
  }

  /** What the version after the given one would have been, had it been committed. */
  private static User after(User user) {
    return new User(
        user.id(),
        "changed",
        null,
        null,
        Attributes.NONE,
        user.version() + 1,
        user.createdAt(),
        user.updatedAt().plusSeconds(1));
  }

  private static UserRequest request(String name) {
    return new UserRequest(name, null, null, null);
  }

  /** The look of a write at what its first run has left, as a write of its own. */
  private record Resolution<T>(Write<T> write, T unanswered) implements Write<Optional<T>> {

    @Override
    public Optional<T> run() throws java.sql.SQLException {
      return write.resolve(unanswered);
    }

    @Override
    public Optional<Optional<T>> resolve(Optional<T> before) throws java.sql.SQLException {
      return Optional.of(run());
    }
  }
}
