package dev.userservice.datasource;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.PemKeyCertOptions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Properties;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;
import org.postgresql.ssl.WrappedFactory;

/**
 * The encrypted sockets of the JDBC driver, which makes one factory per connection, by this class
 * name. The driver's own factory accepts PKCS #8 keys only and refuses a file that a group may
 * read, so it cannot use the files of CloudNativePG and cert-manager. Keys are read as by the
 * Vert.x client, so that both clients accept the same files.
 */
@RegisterForReflection
public final class PemSocketFactory extends WrappedFactory {

  /**
   * Uses the connection's properties {@code sslmode}, {@code sslrootcert}, {@code sslcert} and
   * {@code sslkey}.
   */
  public PemSocketFactory(Properties connection) throws GeneralSecurityException, IOException {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(
        keys(connection.getProperty("sslcert"), connection.getProperty("sslkey")),
        trust(connection.getProperty("sslmode"), connection.getProperty("sslrootcert")),
        null);
    factory = context.getSocketFactory();
  }

  private static KeyManager @Nullable [] keys(@Nullable String certificate, @Nullable String key)
      throws GeneralSecurityException, IOException {
    if (certificate == null || key == null) {
      return null;
    }
    PemKeyCertOptions options =
        new PemKeyCertOptions().addCertValue(read(certificate)).addKeyValue(read(key));
    try {
      return options.getKeyManagerFactory(null).getKeyManagers();
    } catch (Exception unusable) {
      throw new GeneralSecurityException(
          "%s and %s: %s".formatted(certificate, key, unusable.getMessage()), unusable);
    }
  }

  private static TrustManager[] trust(@Nullable String mode, @Nullable String authority)
      throws GeneralSecurityException, IOException {
    if (authority == null || "require".equals(mode)) {
      return new TrustManager[] {new Anyone()};
    }
    KeyStore authorities = KeyStore.getInstance(KeyStore.getDefaultType());
    authorities.load(null, null);
    try (InputStream file = Files.newInputStream(Path.of(authority))) {
      for (Certificate each : CertificateFactory.getInstance("X.509").generateCertificates(file)) {
        authorities.setCertificateEntry("authority-" + authorities.size(), each);
      }
    }
    TrustManagerFactory managers =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    managers.init(authorities);
    return managers.getTrustManagers();
  }

  private static Buffer read(String file) throws IOException {
    return Buffer.buffer(Files.readAllBytes(Path.of(file)));
  }

  /** Accepts every certificate, for {@code require}, which only encrypts. */
  private static final class Anyone implements X509TrustManager {

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
