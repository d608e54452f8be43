package dev.userservice.kubernetes;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.ClientOptionsBase;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import org.jspecify.annotations.Nullable;

/**
 * How the API server and this process prove to each other who they are, as PEM.
 *
 * @param authority verifies the API server; null for the authorities that Java trusts
 * @param certificate of this process, if it has one; with its {@code key}
 * @param verifies false if the API server need not prove anything
 */
record Certificates(
    @Nullable Buffer authority,
    @Nullable Buffer certificate,
    @Nullable Buffer key,
    boolean verifies) {

  Certificates {
    if ((certificate == null) != (key == null)) {
      throw new IllegalArgumentException("a client certificate and its key need each other");
    }
  }

  /** The API server is verified by this authority, or by those that Java trusts. */
  static Certificates of(@Nullable Buffer authority) {
    return new Certificates(authority, null, null, true);
  }

  void applyTo(ClientOptionsBase options) {
    options.setTrustAll(!verifies);
    if (authority != null) {
      options.setTrustOptions(new PemTrustOptions().addCertValue(authority));
    }
    if (certificate != null && key != null) {
      options.setKeyCertOptions(new PemKeyCertOptions().setCertValue(certificate).setKeyValue(key));
    }
  }
}
