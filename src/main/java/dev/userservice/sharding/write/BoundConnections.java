package dev.userservice.sharding.write;

import io.quarkus.arc.Unremovable;
import io.quarkus.hibernate.orm.PersistenceUnitExtension;
import io.quarkus.hibernate.orm.runtime.tenant.TenantConnectionResolver;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import org.hibernate.engine.jdbc.connections.spi.ConnectionProvider;

/** Gives Hibernate ORM connections to the primary that the transaction is bound to. */
@ApplicationScoped
@Unremovable
@PersistenceUnitExtension
class BoundConnections implements TenantConnectionResolver {

  @Override
  public ConnectionProvider resolve(String tenantId) {
    return new Provider();
  }

  private static final class Provider implements ConnectionProvider {

    private static final long serialVersionUID = 1L;

    @Override
    public Connection getConnection() throws SQLException {
      return BoundPrimary.connection();
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
