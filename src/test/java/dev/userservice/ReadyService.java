package dev.userservice;

import io.quarkus.test.junit.callback.QuarkusTestBeforeEachCallback;
import io.quarkus.test.junit.callback.QuarkusTestMethodContext;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.eclipse.microprofile.config.ConfigProvider;

/** Makes each test of the running service wait until the service is ready. */
public final class ReadyService implements QuarkusTestBeforeEachCallback {

  private final HttpClient client = HttpClient.newHttpClient();

  @Override
  public void beforeEach(QuarkusTestMethodContext context) {
    String management = ConfigProvider.getConfig().getValue("test.management.url", String.class);
    URI ready = URI.create(management + "/health/ready");
    Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> status(ready) == 200);
  }

  private int status(URI address) throws IOException, InterruptedException {
    return client
        .send(HttpRequest.newBuilder(address).build(), BodyHandlers.discarding())
        .statusCode();
  }
}
