package dev.userservice.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.userservice.time.Ticker;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The current context of one kubeconfig file: a server, and a user with a token or a client
 * certificate. What a user needs a program or a provider for ({@code exec}, {@code auth-provider})
 * is not supported.
 */
final class Kubeconfig {

  private static final List<String> UNSUPPORTED =
      List.of("exec", "auth-provider", "username", "password", "as", "impersonate");

  private final Path file;
  private final JsonNode root;

  private Kubeconfig(Path file, JsonNode root) {
    this.file = file;
    this.root = root;
  }

  /**
   * Reads it.
   *
   * @throws IllegalStateException that names the file, and what is wrong with it
   */
  static ApiAccess read(Path file, Ticker ticker) {
    try {
      return new Kubeconfig(file, new YAMLMapper().readTree(Files.readAllBytes(file)))
          .access(ticker);
    } catch (IOException | IllegalArgumentException wrong) {
      throw new IllegalStateException(
          "There is no access to a Kubernetes API by " + file + ": " + wrong.getMessage(), wrong);
    }
  }

  private ApiAccess access(Ticker ticker) throws IOException {
    JsonNode context = named("contexts", root.path("current-context").asText(), "context");
    JsonNode cluster = named("clusters", context.path("cluster").asText(), "cluster");
    JsonNode user = named("users", context.path("user").asText(), "user");
    for (String key : UNSUPPORTED) {
      if (user.has(key)) {
        throw new IllegalArgumentException("a user with " + key + " is not supported");
      }
    }
    String namespace = context.path("namespace").asText();
    return new ApiAccess(
        URI.create(cluster.path("server").asText()),
        namespace.isEmpty() ? "default" : namespace,
        token(user, ticker),
        new Certificates(
            pem(cluster, "certificate-authority"),
            pem(user, "client-certificate"),
            pem(user, "client-key"),
            !cluster.path("insecure-skip-tls-verify").asBoolean()));
  }

  private Supplier<String> token(JsonNode user, Ticker ticker) {
    String inFile = user.path("tokenFile").asText();
    String token = user.path("token").asText();
    return inFile.isEmpty() ? () -> token : new TokenFile(file.resolveSibling(inFile), ticker);
  }

  private JsonNode named(String list, String name, String kind) {
    for (JsonNode each : root.path(list)) {
      if (each.path("name").asText().equals(name)) {
        return each.path(kind);
      }
    }
    throw new IllegalArgumentException("it has no " + kind + " '" + name + "'");
  }

  /** What the file has itself, in Base64, or what the file that it names has. */
  private @Nullable Buffer pem(JsonNode holder, String key) throws IOException {
    String data = holder.path(key + "-data").asText();
    if (!data.isEmpty()) {
      return Buffer.buffer(Base64.getDecoder().decode(data));
    }
    String path = holder.path(key).asText();
    return path.isEmpty() ? null : Buffer.buffer(Files.readAllBytes(file.resolveSibling(path)));
  }
}
