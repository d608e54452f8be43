package dev.userservice.routing;

import dev.userservice.TestSettings;
import dev.userservice.replication.ReplicationConfig;
import dev.userservice.replication.TestPolicies;
import dev.userservice.time.Ticker;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;

/** Routers outside the service, by default settings. */
public final class TestRouters {

  private TestRouters() {}

  /** A maker of routers. */
  public static ReadRouters on(Vertx vertx) {
    return new ReadRouters(
        TestSettings.byDefault(RoutingConfig.class),
        TestSettings.byDefault(ReplicationConfig.class),
        TestPolicies.byDefault(),
        vertx,
        Ticker.system(),
        new SimpleMeterRegistry());
  }
}
