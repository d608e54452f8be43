package dev.userservice.datasource;

/** A role and the encryption of its connections. */
record Login(Credentials credentials, Encryption encryption) {

  /** The role that serves requests. */
  static Login of(DataSourceConfig config, Credentials credentials) {
    return new Login(credentials, Encryption.of(config));
  }

  /** The role that may change the schema; the one that serves requests if there is no other. */
  static Login ofMigrator(DataSourceConfig config, Credentials credentials) {
    return config
        .migratorUsername()
        .map(
            name ->
                new Login(
                    new Credentials(
                        credentials.database(),
                        name,
                        config.migratorPassword().orElse(""),
                        config.migratorPasswordFile()),
                    Encryption.ofMigrator(config)))
        .orElseGet(() -> of(config, credentials));
  }
}
