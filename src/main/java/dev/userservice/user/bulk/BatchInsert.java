package dev.userservice.user.bulk;

import dev.userservice.sharding.write.Write;
import dev.userservice.sharding.write.WriteGate;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * One batch of an import as a write; answers the rows whose ID was taken.
 *
 * @param gate gives the connection
 * @param batch the rows
 */
record BatchInsert(WriteGate gate, ImportBatch batch) implements Write<List<ImportRow>> {

  @Override
  public List<ImportRow> run() throws SQLException {
    try (Connection connection = gate.connection()) {
      return batch.insert(connection);
    }
  }

  @Override
  public Optional<List<ImportRow>> resolve(List<ImportRow> unanswered) throws SQLException {
    try (Connection connection = gate.connection()) {
      return Optional.of(batch.insertMissing(connection));
    }
  }
}
