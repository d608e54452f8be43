package dev.userservice.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.userservice.time.Ticker;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where the API server is, by the files of a pod. */
final class AccountTest {

  private static final Map<String, String> POD =
      Map.of("KUBERNETES_SERVICE_HOST", "10.96.0.1", "KUBERNETES_SERVICE_PORT", "443");

  private final AtomicLong nanos = new AtomicLong();
  private final Ticker ticker = nanos::get;

  @TempDir Path folder;

  @Test
  void podUsesItsServiceAccount() throws IOException {
    account("first");
    ApiAccess access = Account.ofPod(POD, folder, ticker);
    assertThat(access.server()).hasToString("https://10.96.0.1:443");
    assertThat(access.namespace()).isEqualTo("shop");
    assertThat(access.token().get()).isEqualTo("first");
    assertThat(access.certificates().authority()).hasToString("authority");
    assertThat(access.certificates().verifies()).isTrue();
  }

  @Test
  void replacedTokenIsReadWithinAMinute() throws IOException {
    account("first");
    ApiAccess access = Account.ofPod(POD, folder, ticker);
    assertThat(access.token().get()).isEqualTo("first");
    account("second");
    nanos.addAndGet(Duration.ofSeconds(59).toNanos());
    assertThat(access.token().get()).isEqualTo("first");
    nanos.addAndGet(Duration.ofSeconds(1).toNanos());
    assertThat(access.token().get()).isEqualTo("second");
  }

  @Test
  void addressOfTheSixthVersionIsBracketed() throws IOException {
    account("first");
    ApiAccess access = Account.ofPod(Map.of("KUBERNETES_SERVICE_HOST", "fd00::1"), folder, ticker);
    assertThat(access.server()).hasToString("https://[fd00::1]:443");
    assertThat(access.host()).isEqualTo("fd00::1");
    assertThat(access.port()).isEqualTo(443);
  }

  @Test
  void podWithoutAServiceAccountIsToldSo() {
    assertThatThrownBy(() -> Account.ofPod(POD, folder, ticker))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("The pod's service account cannot be read: ");
  }

  @Test
  void kubeconfigIsPreferredToThePod() {
    Map<String, String> environment =
        Map.of("KUBECONFIG", "absent", "KUBERNETES_SERVICE_HOST", "10.96.0.1");
    assertThatThrownBy(() -> Account.find(environment, folder, ticker))
        .hasMessageStartingWith("There is no access to a Kubernetes API by absent: ");
  }

  @Test
  void outsideAPodTheKubeconfigOfTheHomeIsUsed() {
    assertThatThrownBy(() -> Account.find(Map.of(), folder, ticker))
        .hasMessageContaining(folder.resolve(".kube/config").toString());
  }

  @Test
  void pathOfTheServerPrecedesThatOfARequest() {
    for (String server : new String[] {"https://host/api-of/one", "https://host/api-of/one/"}) {
      ApiAccess access = new ApiAccess(URI.create(server), "shop", () -> "", Certificates.of(null));
      assertThat(access.path("/apis/x")).isEqualTo("/api-of/one/apis/x");
    }
  }

  private void account(String token) throws IOException {
    Files.writeString(folder.resolve("namespace"), "shop\n");
    Files.writeString(folder.resolve("ca.crt"), "authority");
    Files.writeString(folder.resolve("token"), token + "\n");
  }
}
