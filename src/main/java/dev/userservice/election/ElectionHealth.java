package dev.userservice.election;

import jakarta.inject.Singleton;
import java.util.Optional;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/**
 * Adds the election to the readiness response. Always up, since requests about users need no
 * leader.
 */
@Singleton
@Readiness
final class ElectionHealth implements HealthCheck {

  private final Election election;

  ElectionHealth(Election election) {
    this.election = election;
  }

  @Override
  public HealthCheckResponse call() {
    HealthCheckResponseBuilder response =
        HealthCheckResponse.named("election").up().withData("state", election.state());
    Optional<LeaderView> leader = election.leader();
    leader.ifPresent(
        view -> response.withData("leader", view.leader()).withData("epoch", view.epoch()));
    return response.build();
  }
}
