package dev.userservice.datasource;

/**
 * The ways into one PostgreSQL server. Nothing is opened before its first use.
 *
 * @param endpoint where the server is
 * @param reads for reads
 * @param probes for probes only, so that none waits behind a read
 * @param writes for transactions, of use while the server is a primary
 */
public record EndpointConnections(
    Endpoint endpoint, ReadClient reads, ReadClient probes, WritePool writes)
    implements AutoCloseable {

  @Override
  public void close() {
    reads.close();
    probes.close();
    writes.close();
  }
}
