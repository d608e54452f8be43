package dev.userservice.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** One line about a failed request. */
final class ApiExceptionTest {

  @Test
  void anAnswerOfTheApiIsQuotedWithItsCode() {
    Buffer status = Buffer.buffer(ApiServer.status(403, "Forbidden", "may not\\n  list"));
    assertThat(ApiException.refused(403, status)).hasMessage("403 may not list");
    assertThat(ApiException.refused(new JsonObject(status)).status()).isEqualTo(403);
  }

  @Test
  void anAnswerOfAnotherFormIsQuotedAsItIs() {
    assertThat(ApiException.refused(502, Buffer.buffer("<h1>Bad\nGateway</h1>")))
        .hasMessage("502 <h1>Bad Gateway</h1>");
    assertThat(ApiException.refused(502, Buffer.buffer("[1]"))).hasMessage("502 [1]");
    assertThat(ApiException.refused(500, null)).hasMessage("500 no message");
    assertThat(ApiException.refused(500, Buffer.buffer())).hasMessage("500 no message");
    assertThat(ApiException.refused(new JsonObject())).hasMessage("0 no message");
  }

  @Test
  void withoutAnAnswerTheInnermostCauseIsQuoted() {
    ApiException unreachable =
        ApiException.unanswered(new IOException("wrapped", new IOException("connection refused")));
    assertThat(unreachable).hasMessage("connection refused");
    assertThat(unreachable.status()).isEqualTo(ApiException.NO_ANSWER);
    assertThat(ApiException.unanswered(new IOException(new InterruptedException())))
        .hasMessage("java.lang.InterruptedException");
  }
}
