package dev.userservice.sharding.write;

import dev.userservice.replication.MonitoredEndpoint;
import dev.userservice.replication.ReplicationGroup;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.narayana.jta.QuarkusTransactionException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * A primary, to which the transactions that it runs are bound: all their connections, those of
 * Hibernate ORM too, are to this server, and if it fails, it is the one to blame. The binding
 * belongs to the thread, as the transaction does.
 *
 * @param group the shard's servers
 * @param server the one that was the primary when the write began
 */
record BoundPrimary(ReplicationGroup group, MonitoredEndpoint server)
    implements Destination.Primary {

  private static final ThreadLocal<@Nullable BoundPrimary> CURRENT = new ThreadLocal<>();

  @Override
  public int shard() {
    return group.shard();
  }

  @Override
  public <T> T transaction(Callable<T> body) {
    CURRENT.set(this);
    try {
      return QuarkusTransaction.requiringNew().call(body);
    } catch (QuarkusTransactionException wrapped) {
      throw wrapped.getCause() instanceof RuntimeException cause ? cause : wrapped;
    } finally {
      CURRENT.remove();
    }
  }

  @Override
  public void lost() {
    group.reportFailure(server);
  }

  @Override
  public void renewConnections() {
    server.writes().flush();
  }

  /** A connection of the transaction that runs on this thread. */
  static Connection connection() throws SQLException {
    BoundPrimary bound = CURRENT.get();
    if (bound == null) {
      throw new IllegalStateException("no write of the gate runs on this thread");
    }
    return bound.server.writes().connection();
  }
}
