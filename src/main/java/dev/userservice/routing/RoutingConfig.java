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

/** How the server of a read is chosen. */
@ConfigMapping(prefix = "users.routing")
public interface RoutingConfig {

  /**
   * How a server is chosen among the eligible replicas: {@code weighted-least-latency}, {@code
   * least-response-time}, {@code weighted}, {@code round-robin} or {@code random}.
   */
  @WithDefault("weighted-least-latency")
  StrategyName strategy();

  /**
   * The share of reads that a server gets compared with the others, by {@code host:port} or by the
   * pod's name. 1 for a server without an entry.
   */
  Map<String, @DecimalMin("0.01") @DecimalMax("100") Double> weights();

  /**
   * A file with one {@code server = weight} on each line, read again every 2 s. Its entries take
   * precedence over {@code users.routing.weights}.
   */
  Optional<String> weightsFile();

  /** The average latency of a server. */
  Latency latency();

  /**
   * How long the weight of a new or returned server takes to grow from a tenth to its full value.
   */
  @WithDefault("10s")
  @DurationMin
  @DurationMax(minutes = 10)
  Duration slowStart();

  /** When a failing server is ejected, and for how long. */
  Ejection ejection();

  /** When a slow server is tried again. */
  Retry retry();

  /** A second request when the first is slow. */
  Hedging hedging();

  /** The average latency of a server. */
  interface Latency {

    /** Time constant of the average latency while answers are slower than the average. */
    @WithDefault("100ms")
    @DurationMin(millis = 1)
    @DurationMax(minutes = 1)
    Duration riseTime();

    /** Time constant of the average latency while answers are faster than the average. */
    @WithDefault("2s")
    @DurationMin(millis = 1)
    @DurationMax(minutes = 10)
    Duration fallTime();

    /** A failed read counts as an answer that took at least this long. */
    @WithDefault("2s")
    @DurationMin(millis = 10)
    @DurationMax(minutes = 1)
    Duration failurePenalty();
  }

  /** When a failing server is ejected, and for how long. */
  interface Ejection {

    /** Consecutive failed reads that eject a server. */
    @WithDefault("5")
    @Min(1)
    @Max(1000)
    int consecutiveFailures();

    /** Duration of the first ejection; the nth consecutive one takes n times as long. */
    @WithDefault("5s")
    @DurationMin(millis = 100)
    @DurationMax(minutes = 10)
    Duration baseTime();

    /** Duration of an ejection at most. */
    @WithDefault("60s")
    @DurationMin(millis = 100)
    @DurationMax(hours = 1)
    Duration longestTime();

    /** Share of a shard's servers that may be ejected at the same time. */
    @WithDefault("0.5")
    @DecimalMin("0")
    @DecimalMax("1")
    double maxShare();
  }

  /** When a slow server is tried again. */
  interface Retry {

    /**
     * How long nothing is sent to a server that was passed over for being slow before it is tried
     * again.
     */
    @WithDefault("1s")
    @DurationMin(millis = 10)
    @DurationMax(minutes = 1)
    Duration idleTime();

    /**
     * Share of the reads that would have been its own by which it is then tried. Below 0.01 the
     * 99th percentile stays unaffected.
     */
    @WithDefault("0.0078125")
    @DecimalMin("0.0001")
    @DecimalMax("1")
    double probability();
  }

  /** A second request when the first is slow. */
  interface Hedging {

    /** Whether a second server is asked when the first is slow; reads of one user only. */
    @WithDefault("false")
    boolean enabled();

    /** Second requests at most, as a share of the first ones. */
    @WithDefault("0.05")
    @DecimalMin("0")
    @DecimalMax("0.5")
    double budget();

    /**
     * Share of the reads of the last minute that answered sooner than the time after which a second
     * server is asked.
     */
    @WithDefault("0.95")
    @DecimalMin("0.5")
    @DecimalMax("0.999")
    double percentile();

    /** A second server is never asked sooner than this. */
    @WithDefault("2ms")
    @DurationMin
    @DurationMax(seconds = 10)
    Duration minimumDelay();
  }

  /** The weight of a server, given as {@code host:port}. */
  default double weight(String server) {
    return weights().getOrDefault(server, 1.0);
  }
}
