package dev.userservice.http.server;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.userservice.user.UserId;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that the server refuses before a resource sees them, sent as bytes. */
@QuarkusTest
class ServerProblemsTest {

  private static final String HOST = "Host: localhost\r\n";
  private static final String JSON = "Content-Type: application/json\r\n";

  /** A request and the status of its answer. */
  record Refused(int status, String name, String request) {

    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Refused> refusedRequests() {
    String put = "PUT /users/8000000000000401 HTTP/1.1\r\n" + HOST + JSON;
    return Stream.of(
        new Refused(414, "a long address", get("/users?ids=" + "1".repeat(100_000)) + HOST),
        new Refused(
            431,
            "a long header",
            get("/users/8000000000000401") + HOST + "X: " + "x".repeat(1 << 20)),
        new Refused(
            431,
            "many headers",
            get("/users/8000000000000401") + HOST + "X: abcdefgh\r\n".repeat(9000)),
        new Refused(400, "no host", get("/users/8000000000000401")),
        new Refused(400, "two hosts", get("/users/8000000000000401") + HOST + HOST),
        new Refused(400, "a malformed host", get("/users/8000000000000401") + "Host: a b\r\n"),
        new Refused(400, "a malformed escape", get("/%zz") + HOST),
        new Refused(400, "a malformed escape of a user", get("/users/%zz") + HOST),
        new Refused(400, "half an escape", get("/users/%4") + HOST),
        new Refused(400, "a malformed query", get("/users?ids=%zz") + HOST),
        new Refused(
            400,
            "a malformed name of a header",
            get("/users/8000000000000401") + HOST + "a b: c\r\n"),
        new Refused(
            400, "a header without a colon", get("/users/8000000000000401") + HOST + "abc\r\n"),
        new Refused(
            400, "a NUL in a header", get("/users/8000000000000401") + HOST + "X: a\0b\r\n"),
        new Refused(400, "a malformed request line", "GET /users/8000000000000401\r\n" + HOST),
        new Refused(400, "a malformed version", "GET /users/8000000000000401 HTTP/x\r\n" + HOST),
        new Refused(400, "a malformed length", put + "Content-Length: abc\r\n"),
        new Refused(400, "a negative length", put + "Content-Length: -1\r\n"),
        new Refused(400, "two lengths", put + "Content-Length: 1\r\nContent-Length: 2\r\n"),
        new Refused(400, "a malformed chunk", put + "Transfer-Encoding: chunked\r\n\r\nxyz\r\n{}"),
        new Refused(
            417,
            "an unknown expectation",
            get("/users/8000000000000401") + HOST + "Expect: x\r\n"));
  }

  @ParameterizedTest
  @MethodSource("refusedRequests")
  void aRefusedRequestIsAnsweredWithAProblem(Refused refused) throws IOException {
    String answer = exchange(refused.request() + "\r\n\r\n");
    assertThat(answer).startsWith("HTTP/1.1 " + refused.status() + " ");
    String head = answer.substring(0, answer.indexOf("\r\n\r\n")).toLowerCase(Locale.ROOT);
    assertThat(head)
        .contains("content-type: application/problem+json")
        .containsPattern("\\ndate: \\w{3}, \\d\\d \\w{3} \\d{4} ");
    JsonObject problem = new JsonObject(answer.substring(answer.indexOf("\r\n\r\n") + 4));
    assertThat(problem.getInteger("status")).isEqualTo(refused.status());
    assertThat(problem.getString("detail")).isNotBlank().doesNotContain("Exception", "netty");
  }

  /** The order of the answers is that of the requests. */
  @Test
  void aRequestThatCannotBeDecodedIsAnsweredAfterTheOneBefore() throws IOException {
    String first = get("/users/8000000000000401") + HOST + "\r\n";
    String answers = answersUntilTheEnd(first + get("/users/8000000000000402") + "a b: c\r\n\r\n");
    assertThat(answers)
        .startsWith("HTTP/1.1 404 ")
        .containsSubsequence("There is no user", "HTTP/1.1 400 ");
  }

  @Test
  void aConnectionIsUsedAgainAfterARefusedAddress() throws IOException {
    String first = get("/%zz") + HOST + "\r\n";
    String last = get("/users/8000000000000401") + HOST + "Connection: close\r\n\r\n";
    assertThat(answersUntilTheEnd(first + last))
        .startsWith("HTTP/1.1 400 ")
        .containsSubsequence("address is not well-formed", "HTTP/1.1 404 ");
  }

  @Test
  void aThousandIdsOfAnyLengthAreOneRequest() {
    String ids =
        LongStream.range(0, 1000)
            .mapToObj(id -> Long.toString(UserId.MAXIMUM - id))
            .collect(Collectors.joining("%2C"));
    given().urlEncodingEnabled(false).get("/users?ids=" + ids).then().statusCode(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "PUT /users/8000000000000401",
        "PATCH /users/8000000000000401",
        "POST /users",
        "POST /user/8000000000000401"
      })
  void aBodyDeclaredTooLargeIsNotAskedFor(String operation) throws IOException {
    String answer =
        exchange(
            operation
                + " HTTP/1.1\r\n"
                + HOST
                + JSON
                + "Expect: 100-continue\r\nContent-Length: 100000000\r\n\r\n");
    assertThat(answer).startsWith("HTTP/1.1 413 ").containsIgnoringCase("connection: close");
  }

  @Test
  void aRequestOfHttp10NeedsNoHost() throws IOException {
    assertThat(exchange("GET /users/8000000000000401 HTTP/1.0\r\n\r\n")).contains(" 404 ");
  }

  private static String get(String address) {
    return "GET " + address + " HTTP/1.1\r\n";
  }

  private static String exchange(String request) throws IOException {
    return answers(request, ServerProblemsTest::isComplete);
  }

  private static String answersUntilTheEnd(String request) throws IOException {
    return answers(request, answer -> false);
  }

  private static String answers(String request, Predicate<String> complete) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), RestAssured.port)) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      StringBuilder answer = new StringBuilder();
      byte[] buffer = new byte[8192];
      while (!complete.test(answer.toString())) {
        int read = socket.getInputStream().read(buffer);
        if (read < 0) {
          break;
        }
        answer.append(new String(buffer, 0, read, StandardCharsets.UTF_8));
      }
      return answer.toString();
    }
  }

  private static boolean isComplete(String answer) {
    return answer.contains("\r\n\r\n") && answer.endsWith("}");
  }
}
