package dev.userservice.user.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.userservice.http.ProblemException;
import dev.userservice.user.UserId;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The parameters of a list of users, without the service. */
final class UserQueryTest {

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {"-,50", "1,1", "1000,1000", "+7,7"})
  void aLimitIsReadOrHasItsDefault(@Nullable String limit, int expected) {
    UserQuery query = new UserQuery();
    query.limit = limit;
    assertThat(query.limitOrDefault()).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "1001", "", " 1", "1.0", "2147483648", "ten"})
  void limitsOutOfBoundsAreRefused(String limit) {
    UserQuery query = new UserQuery();
    query.limit = limit;
    assertRefused(query::limitOrDefault);
  }

  @Test
  void idsKeepTheirOrderAndLoseTheirRepetitions() {
    assertThat(ids("7, 3,7 ,9007199254740991").idList()).containsExactly(7L, 3L, UserId.MAXIMUM);
    assertThat(new UserQuery().idList()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ",", "1,", "1,,2", "1;2", "0", "1,-2", "9223372036854775808"})
  void malformedListsOfIdsAreRefused(String ids) {
    assertRefused(() -> ids(ids).idList());
  }

  @Test
  void aThousandIdsAreTheMost() {
    assertThat(ids(range(1000)).idList()).hasSize(1000);
    assertRefused(() -> ids(range(1001)).idList());
    assertRefused(() -> ids(range(1000) + ",1").idList());
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        // cursor, limit, ids, email
        "-,-,-,-",
        "c,-,-,-",
        "-,5,-,-",
        "c,5,-,-",
        "-,-,1,-",
        "-,-,-,a@b",
        "c,-,-,a@b",
        "-,5,-,a@b",
        "c,5,-,a@b"
      })
  void oneKindOfQuestionIsAllowed(
      @Nullable String cursor,
      @Nullable String limit,
      @Nullable String ids,
      @Nullable String email) {
    assertThatCode(() -> query(cursor, limit, ids, email).check()).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {"c,-,1,-", "-,5,1,-", "-,-,1,a@b", "c,5,1,a@b"})
  void twoKindsOfQuestionAreRefused(
      @Nullable String cursor,
      @Nullable String limit,
      @Nullable String ids,
      @Nullable String email) {
    assertRefused(() -> query(cursor, limit, ids, email).check());
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "@", "a@", "@b", "a b@c", "a@b@c", "a\u0000@b", "\ud800@b"})
  void whatIsNoAddressIsNotLookedUp(String email) {
    assertRefused(() -> query(null, null, null, email).address());
  }

  private static void assertRefused(Runnable use) {
    assertThatThrownBy(use::run)
        .isInstanceOfSatisfying(
            ProblemException.class,
            refused -> assertThat(refused.problem().status()).isEqualTo(400));
  }

  private static UserQuery ids(String ids) {
    return query(null, null, ids, null);
  }

  private static UserQuery query(
      @Nullable String cursor,
      @Nullable String limit,
      @Nullable String ids,
      @Nullable String email) {
    UserQuery query = new UserQuery();
    query.cursor = cursor;
    query.limit = limit;
    query.ids = ids == null ? List.of() : List.of(ids);
    query.email = email;
    return query;
  }

  private static String range(int ids) {
    return LongStream.rangeClosed(1, ids).mapToObj(Long::toString).collect(Collectors.joining(","));
  }
}
