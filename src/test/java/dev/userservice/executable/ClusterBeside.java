package dev.userservice.executable;

import dev.userservice.ServiceProcess;
import dev.userservice.embedded.EmbeddedCluster;
import dev.userservice.embedded.EmbeddedSettings;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Two shards of three servers beside the executable, which starts none itself: what a test of the
 * jar has inside the service. All tests with this resource share the cluster and the process.
 */
public final class ClusterBeside implements QuarkusTestResourceLifecycleManager {

  private @Nullable EmbeddedCluster cluster;

  @Override
  public Map<String, String> start() {
    EmbeddedCluster started =
        EmbeddedCluster.start(EmbeddedSettings.in(Path.of("target/executable-cluster")));
    cluster = started;
    Map<String, String> settings = new HashMap<>(ServiceProcess.settings(started.topology()));
    try {
      settings.put("quarkus.http.test-port", Integer.toString(ServiceProcess.freePort()));
      String management = Integer.toString(ServiceProcess.freePort());
      settings.put("quarkus.management.port", management);
      settings.put("quarkus.management.test-port", management);
    } catch (IOException noPort) {
      throw new UncheckedIOException(noPort);
    }
    return settings;
  }

  @Override
  public void stop() {
    if (cluster != null) {
      cluster.close();
    }
  }
}
