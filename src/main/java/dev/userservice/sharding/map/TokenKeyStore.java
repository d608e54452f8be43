package dev.userservice.sharding.map;

import dev.userservice.datasource.ConfirmedTransactions;
import dev.userservice.replication.ReplicationConfig;
import dev.userservice.replication.ReplicationGroup;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/**
 * Keeps the key that tokens are tagged with on the first shard, where the first process to start
 * puts it, so that every process reads every other's tokens and nothing has to be configured.
 */
@Singleton
public final class TokenKeyStore {

  private static final int KEY_BYTES = 32;
  private static final String PUT =
      "INSERT INTO token_key (key) VALUES (?) ON CONFLICT (singleton) DO NOTHING";
  private static final String GET = "SELECT key FROM token_key";

  private final Duration startupWait;

  TokenKeyStore(ReplicationConfig config) {
    this.startupWait = config.startupWait();
  }

  /** The cluster's key, made if there is none. Blocks. */
  public byte[] loadOrCreate(ReplicationGroup firstShard) {
    try (Connection connection =
        firstShard.awaitPrimary(startupWait).writes().dataSource().getConnection()) {
      byte[] fresh = new byte[KEY_BYTES];
      new SecureRandom().nextBytes(fresh);
      try (PreparedStatement put = connection.prepareStatement(PUT)) {
        put.setBytes(1, fresh);
        put.executeUpdate();
        ConfirmedTransactions.check(put);
      }
      try (Statement get = connection.createStatement();
          ResultSet row = get.executeQuery(GET)) {
        row.next();
        return row.getBytes(1);
      }
    } catch (SQLException failure) {
      throw new IllegalStateException(
          "The token key cannot be read or written: " + failure.getMessage(), failure);
    }
  }
}
