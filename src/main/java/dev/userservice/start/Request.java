package dev.userservice.start;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One request of {@link Check}. By the client that is in every JDK program anyway: the newer one
 * would add three megabytes to the executable for a command that sends four requests.
 *
 * @param token the consistency token, or null
 * @param body JSON, or null
 */
record Request(String method, URI address, @Nullable String token, @Nullable String body) {

  static final String TOKEN = "Consistency-Token";

  private static final int FIRST_ERROR = 400;

  /**
   * Sends it on a connection of its own. A POST is sent once; the JDK may repeat another method if
   * the connection breaks. The deadline holds for each wait.
   */
  Answer send(Duration deadline) throws IOException {
    if (!(address.toURL().openConnection() instanceof HttpURLConnection connection)) {
      throw new IllegalArgumentException("not an address of a service: " + address);
    }
    connection.setConnectTimeout(Math.toIntExact(deadline.toMillis()));
    connection.setReadTimeout(Math.toIntExact(deadline.toMillis()));
    connection.setInstanceFollowRedirects(false);
    connection.setRequestMethod(method);
    connection.setRequestProperty("Connection", "close");
    if (token != null) {
      connection.setRequestProperty(TOKEN, token);
    }
    if (body != null) {
      connection.setDoOutput(true);
      connection.setRequestProperty("Content-Type", "application/json");
      byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
      connection.setFixedLengthStreamingMode(bytes.length);
      try (OutputStream stream = connection.getOutputStream()) {
        stream.write(bytes);
      }
    }
    return new Answer(connection, connection.getResponseCode(), text(connection));
  }

  private static String text(HttpURLConnection connection) throws IOException {
    boolean failed = connection.getResponseCode() >= FIRST_ERROR;
    try (InputStream stream = failed ? connection.getErrorStream() : connection.getInputStream()) {
      return stream == null ? "" : new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** What was answered. */
  record Answer(HttpURLConnection connection, int status, String body) {

    Optional<String> header(String name) {
      return Optional.ofNullable(connection.getHeaderField(name));
    }
  }
}
