package dev.userservice.datasource;

/** How far a connection is protected; the names are PostgreSQL's. */
public enum TlsMode {
  /** In the clear. */
  DISABLE,
  /** Encrypted, whoever the server is. */
  REQUIRE,
  /** Encrypted, to a server that the authority vouches for. */
  VERIFY_CA,
  /** The same, and its certificate bears the name or address that it was called by. */
  VERIFY_FULL;

  boolean verifies() {
    return this == VERIFY_CA || this == VERIFY_FULL;
  }
}
