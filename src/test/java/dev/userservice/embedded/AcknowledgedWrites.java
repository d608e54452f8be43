package dev.userservice.embedded;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Writes one row after the other to the present primary and records which writes were acknowledged.
 */
final class AcknowledgedWrites implements AutoCloseable {

  private final EmbeddedCluster cluster;
  private final int shard;
  private final List<Long> acknowledged = new CopyOnWriteArrayList<>();
  private final AtomicLong lastNanos = new AtomicLong(System.nanoTime());
  private final AtomicLong longestGapNanos = new AtomicLong();
  private final Thread thread = new Thread(this::write, "writer");
  private volatile boolean stopped;
  private long next;

  AcknowledgedWrites(EmbeddedCluster cluster, int shard) throws SQLException {
    this.cluster = cluster;
    this.shard = shard;
    Clusters.execute(
        cluster, Clusters.primary(cluster, shard), "CREATE TABLE written (id bigint PRIMARY KEY)");
    thread.start();
  }

  List<Long> acknowledged() {
    return List.copyOf(acknowledged);
  }

  long longestGapMillis() {
    return longestGapNanos.get() / 1_000_000;
  }

  @Override
  public void close() {
    stopped = true;
    try {
      thread.join();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void write() {
    while (!stopped) {
      try (Connection connection = connect();
          var insert = connection.prepareStatement("INSERT INTO written VALUES (?)")) {
        while (!stopped) {
          insert.setLong(1, next++);
          insert.executeUpdate();
          acknowledge(next - 1);
        }
      } catch (SQLException unavailable) {
        Thread.onSpinWait();
      }
    }
  }

  private Connection connect() throws SQLException {
    return Clusters.connect(cluster, Clusters.primary(cluster, shard));
  }

  private void acknowledge(long id) {
    acknowledged.add(id);
    long now = System.nanoTime();
    longestGapNanos.accumulateAndGet(now - lastNanos.getAndSet(now), Math::max);
  }
}
