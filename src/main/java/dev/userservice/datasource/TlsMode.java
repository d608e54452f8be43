package dev.userservice.datasource;

/** The protection of a connection; the names are PostgreSQL's. */
public enum TlsMode {
  /** Not encrypted. */
  DISABLE,
  /** Encrypted; the server's certificate is not verified. */
  REQUIRE,
  /** Encrypted; the server's certificate must be signed by the authority. */
  VERIFY_CA,
  /** The same, and the certificate must have the host name or address of the server. */
  VERIFY_FULL;

  boolean verifies() {
    return this == VERIFY_CA || this == VERIFY_FULL;
  }
}
