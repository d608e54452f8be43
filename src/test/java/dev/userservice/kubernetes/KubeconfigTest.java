package dev.userservice.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.userservice.time.Ticker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The files that people and tools write. */
final class KubeconfigTest {

  @TempDir Path folder;

  @Test
  void currentContextNamesServerNamespaceAndToken() throws IOException {
    ApiAccess access = read("{server: 'https://10.0.0.1:6443'}", "{token: secret}");
    assertThat(access.server()).hasToString("https://10.0.0.1:6443");
    assertThat(access.namespace()).isEqualTo("shop");
    assertThat(access.token().get()).isEqualTo("secret");
    assertThat(access.certificates()).isEqualTo(Certificates.of(null));
  }

  @Test
  void certificatesAreInTheFileOrBesideIt() throws IOException {
    Files.writeString(folder.resolve("authority.crt"), "authority");
    Files.writeString(folder.resolve("client.key"), "key");
    ApiAccess access =
        read(
            "{server: 'https://10.0.0.1', certificate-authority: authority.crt}",
            "{client-certificate-data: Y2VydGlmaWNhdGU=, client-key: client.key}");
    assertThat(access.token().get()).isEmpty();
    assertThat(access.certificates().authority()).hasToString("authority");
    assertThat(access.certificates().certificate()).hasToString("certificate");
    assertThat(access.certificates().key()).hasToString("key");
  }

  @Test
  void serverNeedNotBeVerified() throws IOException {
    ApiAccess access =
        read("{server: 'https://10.0.0.1', insecure-skip-tls-verify: true}", "{token: x}");
    assertThat(access.certificates().verifies()).isFalse();
  }

  @Test
  void tokenMayBeInAFile() throws IOException {
    Files.writeString(folder.resolve("token"), "of the file\n");
    assertThat(read("{server: 'http://h'}", "{tokenFile: token}").token().get())
        .isEqualTo("of the file");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{server: 'https://h'} | {exec: {command: aws}}           | a user with exec is not supported",
        "{server: 'https://h'} | {auth-provider: {name: oidc}}    | a user with auth-provider is not",
        "{server: 'https://h'} | {username: a, password: b}       | a user with username is not supported",
        "{server: 'https://h'} | {as: admin, token: x}            | a user with as is not supported",
        "{server: 'https://h'} | {client-certificate-data: eA==}  | need each other",
        "{server: 'https://h'} | {client-certificate: absent.crt} | absent.crt",
        "{server: 'https://h', certificate-authority-data: '????'} | {token: x} | Illegal base64",
        "{server: 'h:6443'}    | {token: x}                       | not an address of an API server",
        "{}                    | {token: x}                       | not an address of an API server",
      })
  void whatIsMissingOrNotSupportedIsNamed(String cluster, String user, String reason) {
    assertThatThrownBy(() -> read(cluster, user))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("There is no access to a Kubernetes API by " + folder)
        .hasMessageContaining(reason);
  }

  @Test
  void fileWithoutAContextIsRefused() throws IOException {
    for (String text : new String[] {"", "a: b", "current-context: absent", "[]", "{"}) {
      Path file = Files.writeString(folder.resolve("config"), text);
      assertThatThrownBy(() -> Kubeconfig.read(file, Ticker.system()))
          .as(text)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageStartingWith("There is no access to a Kubernetes API by " + file);
    }
  }

  private ApiAccess read(String cluster, String user) throws IOException {
    String text =
        """
        apiVersion: v1
        kind: Config
        current-context: here
        contexts:
        - {name: other, context: {cluster: absent, user: absent}}
        - {name: here, context: {cluster: near, user: me, namespace: shop}}
        clusters:
        - {name: near, cluster: %s}
        users:
        - {name: me, user: %s}
        """
            .formatted(cluster, user);
    return Kubeconfig.read(Files.writeString(folder.resolve("config"), text), Ticker.system());
  }
}
