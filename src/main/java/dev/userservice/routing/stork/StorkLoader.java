package dev.userservice.routing.stork;

import dev.userservice.label.Labels;
import dev.userservice.routing.strategy.RandomSource;
import dev.userservice.routing.strategy.RetrySettings;
import dev.userservice.routing.strategy.ServerWeight;
import dev.userservice.routing.strategy.StrategyName;
import dev.userservice.time.Ticker;
import io.smallrye.stork.api.LoadBalancer;
import io.smallrye.stork.api.ServiceDiscovery;
import io.smallrye.stork.api.config.ConfigWithType;
import io.smallrye.stork.spi.internal.LoadBalancerLoader;
import java.util.HashMap;
import java.util.Map;

/**
 * Makes a strategy available to clients that choose their servers by SmallRye Stork, such as the
 * Quarkus REST client for {@code stork://} addresses. The only parameter is {@code weights}, of the
 * form {@code host:port=2,host:port=0.5}; the weight of other peers is 1.
 *
 * <p>Stork's annotation processor would generate this class and a configuration class. Written by
 * hand it is as short, and passes the compiler checks of this build.
 */
abstract class StorkLoader implements LoadBalancerLoader {

  private static final String WEIGHTS = "weights";

  private final StrategyName strategy;

  StorkLoader(StrategyName strategy) {
    this.strategy = strategy;
  }

  /** The name in the configuration, the same as in {@code users.routing.strategy}. */
  @Override
  public final String type() {
    return Labels.of(strategy);
  }

  @Override
  public final LoadBalancer createLoadBalancer(ConfigWithType config, ServiceDiscovery discovery) {
    for (String parameter : config.parameters().keySet()) {
      if (!parameter.equals(WEIGHTS)) {
        throw new IllegalArgumentException(type() + " has no parameter " + parameter);
      }
    }
    return new StorkLoadBalancer(
        strategy.create(RetrySettings.DEFAULT, RandomSource.perThread()),
        weights(config.parameters().getOrDefault(WEIGHTS, "")),
        Ticker.system());
  }

  static Map<String, Double> weights(String list) {
    Map<String, Double> weights = new HashMap<>();
    for (String entry : list.isBlank() ? new String[0] : list.split(",", -1)) {
      ServerWeight peer = ServerWeight.parse(entry);
      weights.put(peer.server(), peer.weight());
    }
    return Map.copyOf(weights);
  }
}
