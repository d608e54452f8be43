package dev.userservice.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** One line about a failed call. */
final class ApiFailureTest {

  @Test
  void anAnswerOfTheApiIsQuotedWithItsCode() {
    KubernetesClientException forbidden =
        new KubernetesClientException(
            "Failure executing",
            403,
            new StatusBuilder().withCode(403).withMessage("may not\n  list").build());
    assertThat(ApiFailure.reason(forbidden)).isEqualTo("403 may not list");
  }

  @Test
  void withoutAnAnswerTheInnermostCauseIsQuoted() {
    KubernetesClientException unreachable =
        new KubernetesClientException(
            "Operation: [list]", new IOException("wrapped", new IOException("connection refused")));
    assertThat(ApiFailure.reason(unreachable)).isEqualTo("connection refused");
  }

  @Test
  void aCauseWithoutAMessageIsNamedByItsType() {
    assertThat(ApiFailure.reason(new IOException(new InterruptedException())))
        .isEqualTo("java.lang.InterruptedException");
  }
}
