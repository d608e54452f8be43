package dev.userservice.routing;

import dev.userservice.replication.ReplicationConfig;
import dev.userservice.replication.TestPolicies;
import dev.userservice.time.Ticker;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.vertx.core.Vertx;

/** Routers outside the service, by default settings. */
public final class TestRouters {

  private TestRouters() {}

  /** A maker of routers. */
  public static ReadRouter on(Vertx vertx) {
    SmallRyeConfig config =
        new SmallRyeConfigBuilder()
            .addDefaultInterceptors()
            .addDiscoveredConverters()
            .withMapping(RoutingConfig.class)
            .withMapping(ReplicationConfig.class)
            .build();
    return new ReadRouter(
        config.getConfigMapping(RoutingConfig.class),
        config.getConfigMapping(ReplicationConfig.class),
        TestPolicies.byDefault(),
        vertx,
        Ticker.system(),
        new SimpleMeterRegistry());
  }
}
