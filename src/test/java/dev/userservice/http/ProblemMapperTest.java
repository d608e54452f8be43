package dev.userservice.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which answer a failure becomes. */
final class ProblemMapperTest {

  private final ProblemMapper mapper = new ProblemMapper();

  @Test
  void aProblemIsAnsweredWithItsStatusAndHeaders() {
    Response response =
        mapper.map(
            new ProblemException(ProblemType.NOT_FOUND, "There is no user 7.")
                .header("Consistency-Token", "t"));
    assertThat(problem(response))
        .isEqualTo(Problem.of(ProblemType.NOT_FOUND, "There is no user 7."));
    assertThat(response.getMediaType()).hasToString(Problem.MEDIA_TYPE);
    assertThat(response.getHeaderString("Consistency-Token")).isEqualTo("t");
    assertThat(response.getHeaderString("Retry-After")).isNull();
  }

  @Test
  void unavailableAsksToTryAgain() {
    Response response = mapper.map(new ProblemException(ProblemType.UNAVAILABLE, "No primary."));
    assertThat(response.getStatus()).isEqualTo(503);
    assertThat(response.getHeaderString("Retry-After")).isEqualTo("1");
  }

  @Test
  void aProblemIsFoundBelowOtherFailures() {
    ProblemException ours = new ProblemException(ProblemType.PRECONDITION_FAILED, "No.");
    Throwable wrapped = new IllegalStateException(new IOException(ours));
    assertThat(mapper.map(wrapped).getStatus()).isEqualTo(412);
    assertThat(mapper.refused(new NotFoundException(ours)).getStatus()).isEqualTo(412);
  }

  @ParameterizedTest
  @CsvSource({
    "400,malformed-request",
    "401,malformed-request",
    "404,not-found",
    "405,method-not-allowed",
    "406,not-acceptable",
    "412,precondition-failed",
    "413,too-large",
    "414,uri-too-long",
    "415,unsupported-media-type",
    "417,expectation-failed",
    "431,headers-too-large",
    "500,internal",
    "503,unavailable"
  })
  void statusesOfTheFrameworkHaveATypeOfProblem(int status, String type) {
    Problem problem = problem(mapper.refused(new WebApplicationException("secret", status)));
    assertThat(problem.type()).isEqualTo("/problems/" + type);
    assertThat(problem.detail()).doesNotContain("secret");
  }

  @Test
  void headersOfTheFrameworkAreKept() {
    Response framework =
        Response.status(401)
            .header("WWW-Authenticate", "Basic")
            .header("Allow", "GET")
            .header("Allow", "PUT")
            .type("text/html")
            .build();
    Response response = mapper.refused(new WebApplicationException(framework));
    assertThat(response.getHeaders()).containsEntry("WWW-Authenticate", List.of("Basic"));
    assertThat(response.getHeaders()).containsEntry("Allow", List.of("GET", "PUT"));
    assertThat(response.getMediaType()).hasToString(Problem.MEDIA_TYPE);
  }

  @Test
  void redirectionsPassUnchanged() {
    Response response = mapper.refused(new WebApplicationException(304));
    assertThat(response.getStatus()).isEqualTo(304);
    assertThat(response.getEntity()).isNull();
  }

  @Test
  void malformedJsonIsTheCallersMistake() {
    JsonProcessingException malformed = malformed();
    assertThat(problem(mapper.map(malformed)).status()).isEqualTo(400);
    assertThat(problem(mapper.refused(new WebApplicationException(malformed, 500))).status())
        .isEqualTo(400);
  }

  @Test
  void aBodyThatEndsEarlyIsTheCallersMistake() {
    assertThat(problem(mapper.map((Throwable) new IOException("reset"))).status()).isEqualTo(400);
  }

  @Test
  void otherFailuresAreInternalAndTellNothing() {
    Problem problem = problem(mapper.map(new IllegalStateException("password=secret")));
    assertThat(problem.status()).isEqualTo(500);
    assertThat(problem.toString()).doesNotContain("secret");
  }

  private static Problem problem(Response response) {
    Problem problem = (Problem) response.getEntity();
    assertThat(response.getStatus()).isEqualTo(problem.status());
    return problem;
  }

  private static JsonProcessingException malformed() {
    try {
      throw new AssertionError(new ObjectMapper().readTree("{"));
    } catch (JsonProcessingException malformed) {
      return malformed;
    }
  }
}
