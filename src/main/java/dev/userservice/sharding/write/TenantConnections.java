package dev.userservice.sharding.write;

import dev.userservice.replication.PrimaryPools;
import io.quarkus.arc.Unremovable;
import io.quarkus.hibernate.orm.PersistenceUnitExtension;
import io.quarkus.hibernate.orm.runtime.tenant.TenantConnectionResolver;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import org.hibernate.engine.jdbc.connections.spi.ConnectionProvider;

/**
 * Gives Hibernate ORM a connection to the current primary of the tenant's shard. Hibernate keeps
 * one provider per tenant for ever, so the primary is looked up for each connection.
 */
@ApplicationScoped
@Unremovable
@PersistenceUnitExtension
class TenantConnections implements TenantConnectionResolver {

  private final PrimaryPools primaries;

  TenantConnections(PrimaryPools primaries) {
    this.primaries = primaries;
  }

  @Override
  public ConnectionProvider resolve(String tenantId) {
    return new PrimaryConnections(primaries, Integer.parseInt(tenantId));
  }

  private static final class PrimaryConnections implements ConnectionProvider {

    private static final long serialVersionUID = 1L;

    private final transient PrimaryPools primaries;
    private final int shard;

    PrimaryConnections(PrimaryPools primaries, int shard) {
      this.primaries = primaries;
      this.shard = shard;
    }

    @Override
    public Connection getConnection() throws SQLException {
      return primaries.primaryOf(shard).dataSource().getConnection();
    }

    @Override
    public void closeConnection(Connection connection) throws SQLException {
      connection.close();
    }

    @Override
    public boolean supportsAggressiveRelease() {
      return true;
    }

    @Override
    public boolean isUnwrappableAs(Class<?> type) {
      return false;
    }

    @Override
    public <T> T unwrap(Class<T> type) {
      throw new IllegalArgumentException("not a " + type.getName());
    }
  }
}
