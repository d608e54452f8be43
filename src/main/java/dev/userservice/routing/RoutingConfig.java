package dev.userservice.routing;

import dev.userservice.routing.strategy.StrategyName;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

/** How a read finds its server. */
@ConfigMapping(prefix = "users.routing")
public interface RoutingConfig {

  /**
   * How a server is chosen among the replicas that may answer: {@code random}, {@code round-robin},
   * {@code weighted}, {@code least-response-time} or {@code weighted-least-latency}.
   */
  @WithDefault("weighted-least-latency")
  StrategyName strategy();

  /**
   * How much each server is to get compared with the others, by {@code host:port}. From 0.01 to
   * 100; 1 for a server that is not named here.
   */
  Map<String, @DecimalMin("0.01") @DecimalMax("100") Double> weights();

  /**
   * A file of more weights, one {@code server = weight} on each line, which go before those of
   * {@code weights}. It is read again every two seconds, so that weights change at run time.
   */
  Optional<String> weightsFile();

  /** How latency is averaged. */
  Latency latency();

  /**
   * How long the weight of a new or returned server takes to grow from a tenth to the whole. From 0
   * to 10 min.
   */
  @WithDefault("10s")
  @DurationMin
  @DurationMax(minutes = 10)
  Duration slowStart();

  /** When a failing server is left out for a while. */
  Ejection ejection();

  /** When a server that was passed over for being slow is tried again. */
  Retry retry();

  /** A second server is asked when the first takes long. */
  Hedging hedging();

  /** How latency is averaged. */
  interface Latency {

    /** Time constant while answers are slower than the average. From 1 ms to 1 min. */
    @WithDefault("100ms")
    @DurationMin(millis = 1)
    @DurationMax(minutes = 1)
    Duration riseTime();

    /** Time constant while answers are faster than the average. From 1 ms to 10 min. */
    @WithDefault("2s")
    @DurationMin(millis = 1)
    @DurationMax(minutes = 10)
    Duration fallTime();

    /** A failed read counts as one that took this long, at least. From 10 ms to 1 min. */
    @WithDefault("2s")
    @DurationMin(millis = 10)
    @DurationMax(minutes = 1)
    Duration failurePenalty();
  }

  /** When a failing server is left out for a while. */
  interface Ejection {

    /** So many failures in a row, without a success in between, eject. From 1 to 1000. */
    @WithDefault("5")
    @Min(1)
    @Max(1000)
    int consecutiveFailures();

    /** The first ejection's duration; the n-th in a row takes n times as long. 100 ms to 10 min. */
    @WithDefault("5s")
    @DurationMin(millis = 100)
    @DurationMax(minutes = 10)
    Duration baseTime();

    /** An ejection's duration at most. From 100 ms to 1 h. */
    @WithDefault("60s")
    @DurationMin(millis = 100)
    @DurationMax(hours = 1)
    Duration longestTime();

    /** At most this share of a shard's servers is ejected at the same time. From 0 (none) to 1. */
    @WithDefault("0.5")
    @DecimalMin("0")
    @DecimalMax("1")
    double maxShare();
  }

  /** When a server that was passed over for being slow is tried again. */
  interface Retry {

    /** After nothing was sent to it for this long. From 10 ms to 1 min. */
    @WithDefault("1s")
    @DurationMin(millis = 10)
    @DurationMax(minutes = 1)
    Duration idleTime();

    /**
     * Then by this share of the reads that would have been its own. Below 0.01 the 99th percentile
     * is not touched. From 0.0001 to 1.
     */
    @WithDefault("0.0078125")
    @DecimalMin("0.0001")
    @DecimalMax("1")
    double probability();
  }

  /** A second server is asked when the first takes long. Point reads only. */
  interface Hedging {

    /** Whether to do so. */
    @WithDefault("false")
    boolean enabled();

    /** Second requests at most, as a share of the first ones. From 0 to 0.5. */
    @WithDefault("0.05")
    @DecimalMin("0")
    @DecimalMax("0.5")
    double budget();

    /** The share of reads that answer sooner than a second server is asked. From 0.5 to 0.999. */
    @WithDefault("0.95")
    @DecimalMin("0.5")
    @DecimalMax("0.999")
    double percentile();

    /** A second server is never asked sooner than this. From 0 to 10 s. */
    @WithDefault("2ms")
    @DurationMin
    @DurationMax(seconds = 10)
    Duration minimumDelay();
  }

  /** The weight of a server, given as {@code host:port}. */
  default double weight(String server) {
    return weights().getOrDefault(server, 1.0);
  }

  /** Refuses a weight that is out of bounds, naming the setting. */
  static void checkWeight(String server, double weight) {
    if (!(weight >= 0.01 && weight <= 100)) {
      throw new IllegalArgumentException(
          "users.routing.weights.\"%s\" is %s; it must be between 0.01 and 100"
              .formatted(server, weight));
    }
  }
}
