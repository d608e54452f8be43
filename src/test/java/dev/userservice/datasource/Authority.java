package dev.userservice.datasource;

import java.io.IOException;
import java.io.StringWriter;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.concurrent.atomic.AtomicLong;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.util.io.pem.PemObject;

/** Issues certificates into files, as the operators of certificates do. */
final class Authority {

  private static final AtomicLong SERIAL = new AtomicLong(1);

  /** How the key is written: CloudNativePG writes EC, cert-manager RSA or PKCS #8. */
  enum KeyFormat {
    EC("EC"),
    EC_PKCS8("EC"),
    RSA("RSA"),
    RSA_PKCS8("RSA");

    private final String algorithm;

    KeyFormat(String algorithm) {
      this.algorithm = algorithm;
    }
  }

  /** A certificate and its key, in files of their own. */
  record Issued(Path certificate, Path key) {}

  private final X500Name name;
  private final KeyPair pair;
  private final Path directory;
  private final Path certificate;

  Authority(Path directory, String name) throws Exception {
    this.directory = Files.createDirectories(directory);
    this.name = new X500Name("CN=" + name);
    this.pair = pair("EC");
    this.certificate = directory.resolve(name + ".crt");
    write(certificate, sign(builder(this.name, pair, true)));
  }

  /** Its own certificate, by which others know it. */
  Path certificate() {
    return certificate;
  }

  /** A role's certificate. */
  Issued client(String role, KeyFormat format) throws Exception {
    KeyPair keys = pair(format.algorithm);
    return issue(role, format, keys, builder(new X500Name("CN=" + role), keys, false));
  }

  /** A server's certificate for one name. */
  Issued server(String host) throws Exception {
    KeyPair keys = pair("EC");
    X509v3CertificateBuilder builder = builder(new X500Name("CN=server"), keys, false);
    builder.addExtension(
        Extension.subjectAlternativeName,
        false,
        new GeneralNames(new GeneralName(GeneralName.dNSName, host)));
    return issue("server", KeyFormat.EC, keys, builder);
  }

  private Issued issue(
      String name, KeyFormat format, KeyPair keys, X509v3CertificateBuilder builder)
      throws Exception {
    String file = name + "-" + format;
    Issued issued = new Issued(directory.resolve(file + ".crt"), directory.resolve(file + ".key"));
    write(issued.certificate(), sign(builder));
    write(issued.key(), written(keys.getPrivate(), format));
    // PostgreSQL demands it of its own key.
    Files.setPosixFilePermissions(issued.key(), PosixFilePermissions.fromString("rw-------"));
    return issued;
  }

  private static Object written(PrivateKey key, KeyFormat format) throws IOException {
    return switch (format) {
      case EC_PKCS8, RSA_PKCS8 -> new JcaPKCS8Generator(key, null);
      case RSA -> key;
      // With the name of its curve, as Go and OpenSSL write it.
      case EC ->
          new PemObject(
              "EC PRIVATE KEY",
              new ECPrivateKey(
                      256,
                      ((java.security.interfaces.ECPrivateKey) key).getS(),
                      SECObjectIdentifiers.secp256r1)
                  .getEncoded());
    };
  }

  private X509v3CertificateBuilder builder(X500Name subject, KeyPair keys, boolean authority)
      throws IOException {
    Instant now = Instant.now();
    return new JcaX509v3CertificateBuilder(
            name,
            BigInteger.valueOf(SERIAL.getAndIncrement()),
            Date.from(now.minus(1, ChronoUnit.HOURS)),
            Date.from(now.plus(1, ChronoUnit.DAYS)),
            subject,
            keys.getPublic())
        .addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
  }

  private X509Certificate sign(X509v3CertificateBuilder builder)
      throws OperatorCreationException, GeneralSecurityException {
    return new JcaX509CertificateConverter()
        .getCertificate(
            builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate())));
  }

  private static KeyPair pair(String algorithm) throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
    generator.initialize(algorithm.equals("EC") ? 256 : 2048);
    return generator.generateKeyPair();
  }

  private static void write(Path file, Object object) throws IOException {
    StringWriter text = new StringWriter();
    try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
      writer.writeObject(object);
    }
    Files.writeString(file, text.toString());
  }
}
