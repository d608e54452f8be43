package dev.userservice.datasource;

/**
 * The connections to one PostgreSQL server. None is opened before its first use.
 *
 * @param endpoint the server's address
 * @param reads for reads
 * @param probes for probes only, so that none waits behind a read
 * @param writes for transactions, while the server is a primary
 */
public record EndpointConnections(
    Endpoint endpoint, PipelinedClient reads, PipelinedClient probes, WritePool writes)
    implements AutoCloseable {

  @Override
  public void close() {
    reads.close();
    probes.close();
    writes.close();
  }
}
