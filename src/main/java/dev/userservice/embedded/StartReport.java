package dev.userservice.embedded;

import dev.userservice.embedded.server.ClusterDirectory;
import java.util.List;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/** Logs the ports of the servers, and how to connect to them. */
record StartReport(ClusterDirectory directory) {

  private static final Logger LOG = Logger.getLogger(StartReport.class);

  void ready(List<EmbeddedServer> servers, long millis) {
    LOG.infof("PostgreSQL is ready after %d ms: %s", millis, ports(servers));
    EmbeddedServer first = servers.get(0);
    LOG.infof(
        "Connect with: PGPASSFILE=%s psql -h %s -p %d -U users users",
        directory.passFile(), first.endpoint().host(), first.endpoint().port());
  }

  private static String ports(List<EmbeddedServer> servers) {
    return servers.stream()
        .map(server -> server.name() + " on " + server.endpoint().port() + role(server))
        .collect(Collectors.joining(", "));
  }

  private static String role(EmbeddedServer server) {
    return server.primary() ? " (primary)" : "";
  }
}
