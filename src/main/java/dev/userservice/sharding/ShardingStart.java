package dev.userservice.sharding;

import io.quarkus.runtime.PreventFurtherStepsException;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jboss.logging.Logger;

/** Readies the shards before the first request; a failure is one line and exit code 1. */
@Singleton
final class ShardingStart {

  private static final Logger LOG = Logger.getLogger(ShardingStart.class);

  private final Shards shards;

  ShardingStart(Shards shards) {
    this.shards = shards;
  }

  void onStart(@Observes StartupEvent event) {
    try {
      UnknownSettings.refuse(ConfigProvider.getConfig());
      shards.start();
    } catch (RuntimeException failure) {
      LOG.debug("Why the service cannot start", failure);
      LOG.error("The service cannot start: " + failure.getMessage());
      Quarkus.asyncExit(1);
      throw new PreventFurtherStepsException(failure.getMessage(), 1);
    }
  }
}
