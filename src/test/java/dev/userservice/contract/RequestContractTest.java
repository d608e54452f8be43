package dev.userservice.contract;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Every operation with every header that changes what a request does, with each of its parameters,
 * and with bodies of other kinds: each is heeded, or refused before anything is changed.
 */
@QuarkusTest
class RequestContractTest {

  private static final long USER = 7_000_000_000_000_001L;
  private static final List<String> HEADERS =
      List.of(
          "If-Match",
          "If-None-Match",
          "If-Unmodified-Since",
          "Idempotency-Key",
          "Consistency",
          "Consistency-Token",
          "Content-Range");

  private static final String PROBLEM = "application/problem+json";

  private final List<String> wrong = new ArrayList<>();
  private List<Operation> operations = List.of();
  private Map<String, Object> values = Map.of();
  private String tag = "";

  @BeforeEach
  void makeTheUser() {
    operations = Operation.of(new JsonObject(given().get("/q/openapi?format=json").asString()));
    assertThat(operations).hasSizeGreaterThanOrEqualTo(12);
    put();
  }

  @Test
  void aValidRequestIsAnsweredOverBothVersionsOfHttp() {
    for (int turn = 0; turn < 3; turn++) {
      for (Operation operation : operations) {
        expectSuccess(operation, UnaryOperator.identity());
        ApiRequest request = operation.request(values);
        HttpResponse<String> response = request.sendOverHttp2();
        if (response.statusCode() / 100 != 2) {
          wrong.add(request + ": " + response.statusCode() + " " + response.body());
        }
        put();
      }
    }
    assertNothingWrong();
  }

  @Test
  void whatAnOperationDoesNotHeedIsRefused() {
    for (Operation operation : operations) {
      for (String header : HEADERS) {
        if (!operation.parameters("header").contains(header)) {
          expect(400, operation, request -> request.header(header, "bytes 0-1/2"));
        }
      }
      expect(400, operation, request -> request.query("no-such-parameter", "1"));
    }
    assertNothingWrong();
  }

  @Test
  void anEmptyValueIsNotTakenForNone() {
    for (Operation operation : operations) {
      for (String header : operation.parameters("header")) {
        expect(400, operation, request -> request.header(header, ""));
        expect(400, operation, request -> request.header(header, "  "));
      }
      for (String parameter : operation.parameters("query")) {
        expect(400, operation, request -> request.query(parameter, ""));
      }
    }
    assertNothingWrong();
  }

  @Test
  void aSecondValueOfWhatHasOneIsRefused() {
    for (Operation operation : operations) {
      for (String header : operation.parameters("header")) {
        if (!operation.isList(header)) {
          String value = values.get(header).toString();
          expect(400, operation, request -> request.header(header, value, value));
        }
      }
      for (String parameter : operation.parameters("query")) {
        if (!operation.isList(parameter)) {
          expect(400, operation, request -> request.query(parameter, "1", "1"));
        }
      }
    }
    assertNothingWrong();
  }

  @Test
  void theLinesOfAConditionAreOneList() {
    for (Operation operation : operations) {
      if (operation.parameters("header").contains("If-Match")) {
        expect(412, operation, request -> request.header("If-Match", "\"x\"", "\"y\""));
        expectSuccess(operation, request -> request.header("If-Match", "\"x\"", tag));
      }
      if (operation.parameters("header").contains("If-None-Match")) {
        int status = operation.method().equals("get") ? 304 : 412;
        expect(status, operation, request -> request.header("If-None-Match", "\"x\"", tag));
        expectSuccess(operation, request -> request.header("If-None-Match", "\"x\"", "\"y\""));
      }
    }
    assertNothingWrong();
  }

  @Test
  void aConditionThatIsNoListOfTagsIsRefused() {
    for (Operation operation : operations) {
      for (String header : List.of("If-Match", "If-None-Match")) {
        if (operation.parameters("header").contains(header)) {
          expect(400, operation, request -> request.header(header, "bogus"));
          expect(400, operation, request -> request.header(header, "*, " + tag));
        }
      }
    }
    assertNothingWrong();
  }

  @Test
  void aBodyOfUnknownTypeOrCodingIsNotRead() {
    for (Operation operation : operations) {
      if (operation.hasBody()) {
        expect(415, operation, request -> request.header("content-type"));
        ApiRequest untyped = operation.request(values).header("content-type");
        assertThat(untyped.sendOverHttp2().statusCode()).as(untyped.toString()).isEqualTo(415);
        for (String coding : List.of("gzip", "br", "deflate", "gzip, identity", "none")) {
          expect(415, operation, request -> request.header("content-encoding", coding));
        }
        expectSuccess(operation, request -> request.header("content-encoding", "identity"));
        for (String type : List.of("text/plain", "application/xml", "multipart/form-data")) {
          expect(415, operation, request -> request.header("content-type", type));
        }
      }
    }
    assertNothingWrong();
  }

  @Test
  void aFormThatNoAnswerHasIsNotAcceptable() {
    for (Operation operation : operations) {
      expect(406, operation, request -> request.header("accept", "text/plain"));
      expect(406, operation, request -> request.header("accept", PROBLEM, "text/plain"));
    }
    assertNothingWrong();
  }

  /** A generated client may send the type of the first answer that is described, or of the last. */
  @Test
  void aClientThatAcceptsProblemsAloneIsAnswered() {
    for (Operation operation : operations) {
      Optional<String> usual = typeOfAnswer(operation.request(values));
      for (String accept : List.of(PROBLEM, PROBLEM + ";q=0.9", "Application/Problem+JSON")) {
        expectSuccess(operation, request -> request.header("accept", accept));
        assertThat(typeOfAnswer(operation.request(values).header("accept", accept)))
            .as(operation.name())
            .isEqualTo(usual);
      }
      expect(400, operation, each -> each.header("accept", PROBLEM).query("no-such", "1"));
    }
    assertNothingWrong();
  }

  @Test
  void aUrlBeyondItsBoundIsTooLong() {
    for (Operation operation : operations) {
      if (operation.name().equals("listUsers")) {
        ApiRequest request = operation.request(values).query("cursor", "a".repeat(32768));
        assertThat(answer(operation, request).statusCode()).isEqualTo(414);
      }
    }
    assertNothingWrong();
  }

  private Optional<String> typeOfAnswer(ApiRequest request) {
    Optional<String> type = request.send().headers().firstValue("content-type");
    put();
    return type;
  }

  private void expectSuccess(Operation operation, UnaryOperator<ApiRequest> change) {
    put();
    ApiRequest request = change.apply(operation.request(values));
    HttpResponse<String> response = answer(operation, request);
    if (response.statusCode() / 100 != 2) {
      wrong.add(request + ": " + response.statusCode() + " " + response.body());
    }
    put();
  }

  /** Expects a refusal in problem details, or 304, and that the user is as it was. */
  private void expect(int status, Operation operation, UnaryOperator<ApiRequest> change) {
    ApiRequest request = change.apply(operation.request(values));
    HttpResponse<String> response = answer(operation, request);
    if (response.statusCode() != status) {
      wrong.add(request + ": " + response.statusCode() + " " + response.body());
    } else if (status >= 400) {
      if (!new JsonObject(response.body()).getInteger("status").equals(status)) {
        wrong.add(request + ": " + response.body());
      }
      if (!tag.equals(present().header("ETag"))) {
        wrong.add(request + ": the user was changed");
        put();
      }
    }
  }

  /** Whatever is answered must be described. */
  private HttpResponse<String> answer(Operation operation, ApiRequest request) {
    HttpResponse<String> response = request.send();
    DescribedAnswer.undescribed(operation, response)
        .forEach(what -> wrong.add(request + ": " + response.statusCode() + " " + what));
    return response;
  }

  private void put() {
    Response written =
        given().contentType("application/json").body("{\"name\":\"Ada\"}").put("/users/" + USER);
    assertThat(written.statusCode()).as(written.asString()).isIn(200, 201);
    tag = written.header("ETag");
    values = ApiValues.of(USER, written.header("Consistency-Token"));
    values.put("If-Match", "");
  }

  private static Response present() {
    return given().header("Consistency", "strong").get("/users/" + USER);
  }

  private void assertNothingWrong() {
    assertThat(wrong).isEmpty();
  }
}
