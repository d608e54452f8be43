package dev.userservice.http.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AcceptedProblemsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "application/problem+json | */*",
        "Application/Problem+JSON; q=0.5 | */*",
        "application/json, application/problem+json | application/json",
        "application/problem+json;q=1,text/plain;q=0.1 | text/plain;q=0.1",
        "application/problem+xml | application/problem+xml",
        "text/plain | text/plain"
      })
  void aFormOfFailuresSaysNothingOfSuccesses(String sent, String heeded) {
    assertThat(AcceptedProblems.ofSuccess(List.of(sent))).isEqualTo(heeded);
  }

  @Test
  void linesAreOneList() {
    assertThat(AcceptedProblems.ofSuccess(List.of("application/problem+json", "a/b, c/d")))
        .isEqualTo("a/b, c/d");
  }
}
