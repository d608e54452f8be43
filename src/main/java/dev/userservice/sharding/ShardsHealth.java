package dev.userservice.sharding;

import dev.userservice.replication.MonitoredEndpoint;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/**
 * Ready once the leader has migrated every shard and the shard map is read. A shard that is down
 * later does not make this process unready: every process would be, and the other shards' users can
 * still be served. Its servers are listed, and a shard that takes no writes is named as degraded.
 */
@Singleton
@Readiness
final class ShardsHealth implements HealthCheck {

  private final Shards shards;
  private final WriteCanary canary;

  ShardsHealth(Shards shards, WriteCanary canary) {
    this.shards = shards;
    this.canary = canary;
  }

  @Override
  public HealthCheckResponse call() {
    HealthCheckResponseBuilder response = HealthCheckResponse.named("shards");
    for (Shard shard : shards.all()) {
      for (MonitoredEndpoint endpoint : shard.group().endpoints()) {
        response.withData(
            "shard-" + shard.number() + "/" + endpoint.endpoint(), endpoint.state().role().name());
      }
      canary
          .refusal(shard.number())
          .ifPresent(
              reason ->
                  response.withData(
                      "shard-" + shard.number() + "/degraded", "no writes: " + reason));
    }
    return response.status(!shards.all().isEmpty()).build();
  }
}
