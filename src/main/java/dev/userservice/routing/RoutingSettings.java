package dev.userservice.routing;

import dev.userservice.routing.hedge.HedgeSettings;
import dev.userservice.routing.strategy.CandidateSettings;
import dev.userservice.routing.strategy.EjectionSettings;
import dev.userservice.routing.strategy.RetrySettings;
import dev.userservice.routing.strategy.StrategyName;

/**
 * The configuration as the strategies and hedging take it: plain records, so that they need no
 * configuration framework.
 *
 * @param strategy how a server is chosen
 * @param retry when a server that was passed over for being slow is tried again
 * @param candidate how latency is averaged and how long a slow start takes
 * @param ejection when a failing server is ejected
 * @param hedging when a read is hedged
 */
record RoutingSettings(
    StrategyName strategy,
    RetrySettings retry,
    CandidateSettings candidate,
    EjectionSettings ejection,
    HedgeSettings hedging) {

  static RoutingSettings of(RoutingConfig config) {
    return new RoutingSettings(
        config.strategy(),
        retry(config.retry()),
        candidate(config),
        ejection(config.ejection()),
        hedging(config.hedging()));
  }

  private static RetrySettings retry(RoutingConfig.Retry config) {
    return new RetrySettings(config.idleTime().toNanos(), config.probability());
  }

  private static CandidateSettings candidate(RoutingConfig config) {
    return new CandidateSettings(
        config.latency().riseTime().toNanos(),
        config.latency().fallTime().toNanos(),
        config.latency().failurePenalty().toNanos(),
        config.slowStart().toNanos());
  }

  private static EjectionSettings ejection(RoutingConfig.Ejection config) {
    return new EjectionSettings(
        config.consecutiveFailures(),
        config.baseTime().toNanos(),
        config.longestTime().toNanos(),
        config.maxShare());
  }

  private static HedgeSettings hedging(RoutingConfig.Hedging config) {
    return new HedgeSettings(
        config.enabled(), config.budget(), config.percentile(), config.minimumDelay().toNanos());
  }
}
