package dev.userservice.contract;

import io.restassured.RestAssured;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A request that is sent as it is: nothing is added to it, and empty or repeated values are kept.
 */
public final class ApiRequest {

  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private static final HttpClient UPGRADING =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build();
  private static final String CONTENT_TYPE = "content-type";

  private final String method;
  private final Map<String, List<String>> headers = new TreeMap<>();
  private final Map<String, List<String>> query = new TreeMap<>();
  private String path;
  private BodyPublisher body = BodyPublishers.noBody();

  /** A request to a path, which may have parameters in braces. */
  ApiRequest(String method, String path) {
    this.method = method;
    this.path = path;
  }

  /** Sets a parameter in the path, the query or the header. */
  void add(String in, String name, String value) {
    switch (in) {
      case "path" -> path = path.replace("{" + name + "}", value);
      case "query" -> query(name, value);
      case "header" -> header(name, value);
      default -> throw new IllegalStateException("a parameter in " + in + ": " + name);
    }
  }

  /** Sets a header to one line for each value; without values it is left out. */
  ApiRequest header(String name, String... values) {
    headers.put(name.toLowerCase(Locale.ROOT), List.of(values));
    return this;
  }

  /** Sets a parameter of the query; without values it is left out. */
  ApiRequest query(String name, String... values) {
    query.put(name, List.of(values));
    return this;
  }

  ApiRequest body(String type, String text) {
    body = BodyPublishers.ofString(text);
    return header(CONTENT_TYPE, type);
  }

  /** Sends it to the service under test. */
  public HttpResponse<String> send() {
    return send(CLIENT);
  }

  /** The same over HTTP/2, to which the first request of a connection upgrades. */
  HttpResponse<String> sendOverHttp2() {
    return send(UPGRADING);
  }

  private HttpResponse<String> send(HttpClient client) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://localhost:" + RestAssured.port + path + query()))
            .timeout(Duration.ofSeconds(30))
            .method(method, body);
    headers.forEach((name, values) -> values.forEach(value -> request.header(name, value)));
    try {
      return client.send(request.build(), BodyHandlers.ofString());
    } catch (IOException failure) {
      throw new IllegalStateException(this + " is not answered", failure);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }

  private String query() {
    String text =
        query.entrySet().stream()
            .flatMap(
                each -> each.getValue().stream().map(value -> each.getKey() + "=" + encoded(value)))
            .collect(Collectors.joining("&"));
    return text.isEmpty() ? "" : "?" + text;
  }

  private static String encoded(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8);
  }

  @Override
  public String toString() {
    return method + " " + path + query() + " " + headers;
  }
}
