package dev.userservice.drill;

import dev.userservice.ProcessSignal;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** A Kubernetes API server and its store, as processes of this test. It runs no pods. */
final class ControlPlane implements AutoCloseable {

  private static final Duration START = Duration.ofMinutes(2);
  private static final String ADMINISTRATOR = "drill";

  private final Path binaries;
  private final Path directory;
  private final int port = freePort();
  private final int storePort = freePort();
  private final int peerPort = freePort();
  private final Process store;
  private Process server;
  private final KubernetesClient client;

  /**
   * Starts both and waits until the API server is ready.
   *
   * @param binaries where {@code etcd} and {@code kube-apiserver} are
   * @param directory for its files; data of an earlier run is deleted
   */
  ControlPlane(Path binaries, Path directory) throws IOException, GeneralSecurityException {
    this.binaries = binaries;
    this.directory = Files.createDirectories(directory);
    writeKeys();
    this.store = startStore();
    this.server = startServer();
    try {
      Path certificate = directory.resolve("certificates/apiserver.crt");
      Awaitility.await().atMost(START).until(() -> Files.exists(certificate) && server.isAlive());
      this.client = clientOf(kubeconfig("administrator", ADMINISTRATOR));
      awaitReady();
    } catch (IOException | RuntimeException failure) {
      end(server);
      end(store);
      throw failure;
    }
  }

  /** A client with all rights. */
  KubernetesClient client() {
    return client;
  }

  /** A client that uses a file written by {@link #kubeconfig}. */
  static KubernetesClient clientOf(Path kubeconfig) throws IOException {
    return new KubernetesClientBuilder()
        .withConfig(Config.fromKubeconfig(kubeconfig.toFile()))
        .build();
  }

  /** A kubeconfig file with which the owner of the token connects to the API server. */
  Path kubeconfig(String name, String token) throws IOException {
    return Files.writeString(
        directory.resolve(name + ".kubeconfig"),
        """
        apiVersion: v1
        kind: Config
        clusters:
        - name: drill
          cluster: {server: "https://127.0.0.1:%d", certificate-authority: "%s"}
        users:
        - name: %s
          user: {token: "%s"}
        contexts:
        - name: drill
          context: {cluster: drill, user: %s, namespace: shop}
        current-context: drill
        """
            .formatted(
                port,
                directory.resolve("certificates/apiserver.crt").toAbsolutePath(),
                name,
                token,
                name));
  }

  /** Waits until the API server says that it is ready. */
  void awaitReady() {
    Awaitility.await()
        .atMost(START)
        .ignoreExceptions()
        .until(() -> "ok".equals(client.raw("/readyz")));
  }

  /** Stops the API server with SIGSTOP: connections stay open and nothing is answered. */
  void pause() throws IOException, InterruptedException {
    ProcessSignal.pause(server);
  }

  void resume() throws IOException, InterruptedException {
    ProcessSignal.resume(server);
  }

  /** Ends the API server as {@code kill -9} does, and starts it on the same port and data. */
  void restart() throws IOException {
    end(server);
    server = startServer();
    awaitReady();
  }

  @Override
  public void close() {
    client.close();
    end(server);
    end(store);
  }

  private Process startStore() throws IOException {
    Path data = Files.createTempDirectory(directory, "etcd-");
    String clients = "http://127.0.0.1:" + storePort;
    String peers = "http://127.0.0.1:" + peerPort;
    return start(
        "etcd",
        "--data-dir=" + data,
        "--unsafe-no-fsync",
        "--listen-client-urls=" + clients,
        "--advertise-client-urls=" + clients,
        "--listen-peer-urls=" + peers,
        "--initial-advertise-peer-urls=" + peers,
        "--initial-cluster=default=" + peers);
  }

  private Process startServer() throws IOException {
    return start(
        "kube-apiserver",
        "--etcd-servers=http://127.0.0.1:" + storePort,
        "--bind-address=127.0.0.1",
        "--advertise-address=127.0.0.1",
        "--endpoint-reconciler-type=none",
        "--secure-port=" + port,
        "--service-cluster-ip-range=10.96.0.0/16",
        "--authorization-mode=RBAC",
        "--cert-dir=" + directory.resolve("certificates"),
        "--token-auth-file=" + directory.resolve("tokens.csv"),
        "--service-account-issuer=https://127.0.0.1:" + port,
        "--service-account-key-file=" + directory.resolve("accounts.key"),
        "--service-account-signing-key-file=" + directory.resolve("accounts.key"));
  }

  private Process start(String program, String... options) throws IOException {
    return new ProcessBuilder(
            Stream.concat(Stream.of(binaries.resolve(program).toString()), Stream.of(options))
                .toList())
        .redirectErrorStream(true)
        .redirectOutput(
            ProcessBuilder.Redirect.appendTo(directory.resolve(program + ".log").toFile()))
        .start();
  }

  private void writeKeys() throws IOException, GeneralSecurityException {
    Files.write(
        directory.resolve("tokens.csv"),
        List.of(ADMINISTRATOR + ",administrator,administrator,system:masters"));
    KeyPairGenerator keys = KeyPairGenerator.getInstance("RSA");
    keys.initialize(2048);
    byte[] key = keys.generateKeyPair().getPrivate().getEncoded();
    Files.write(
        directory.resolve("accounts.key"),
        List.of(
            "-----BEGIN PRIVATE KEY-----",
            Base64.getMimeEncoder().encodeToString(key),
            "-----END PRIVATE KEY-----"));
  }

  private static void end(Process process) {
    process.destroyForcibly();
    process.onExit().join();
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException none) {
      throw new IllegalStateException("no port is free", none);
    }
  }
}
