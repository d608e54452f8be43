package dev.userservice.kubernetes;

import dev.userservice.time.Ticker;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** The account of this process at the Kubernetes API. */
final class Account {

  private static final Path SERVICE_ACCOUNT =
      Path.of("/var/run/secrets/kubernetes.io/serviceaccount");

  private Account() {}

  /** Whether the environment is that of a pod. */
  static boolean inPod(Map<String, String> environment) {
    return environment.containsKey("KUBERNETES_SERVICE_HOST");
  }

  /**
   * The file that {@code KUBECONFIG} names, else the service account of the pod, else {@code
   * ~/.kube/config}.
   *
   * @throws IllegalStateException that says what is missing or not supported
   */
  static ApiAccess find(Map<String, String> environment, Path home, Ticker ticker) {
    String named = environment.get("KUBECONFIG");
    if (named != null && !named.isEmpty()) {
      return Kubeconfig.read(Path.of(named), ticker);
    }
    return inPod(environment)
        ? ofPod(environment, SERVICE_ACCOUNT, ticker)
        : Kubeconfig.read(home.resolve(".kube/config"), ticker);
  }

  /** The service account whose files are in this folder. */
  static ApiAccess ofPod(Map<String, String> environment, Path account, Ticker ticker) {
    String host = environment.getOrDefault("KUBERNETES_SERVICE_HOST", "");
    String port = environment.getOrDefault("KUBERNETES_SERVICE_PORT", "443");
    try {
      return new ApiAccess(
          URI.create("https://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port),
          Files.readString(account.resolve("namespace")).strip(),
          new TokenFile(account.resolve("token"), ticker),
          Certificates.of(Buffer.buffer(Files.readAllBytes(account.resolve("ca.crt")))));
    } catch (IOException | UncheckedIOException unreadable) {
      throw new IllegalStateException(
          "The pod's service account cannot be read: " + unreadable.getMessage(), unreadable);
    }
  }
}
