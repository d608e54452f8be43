package dev.userservice.election;

import dev.userservice.election.lock.ElectionTiming;
import dev.userservice.election.lock.LockKind;
import dev.userservice.election.preference.Preference;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

/** How the processes of the service elect their leader. */
@ConfigMapping(prefix = "users.election")
public interface ElectionConfig {

  /**
   * Where the lock is: {@code kubernetes}, a Lease of the Kubernetes API, or {@code quorum}, the
   * votes of the shards' primaries. If absent, {@code kubernetes} in a pod and {@code quorum}
   * elsewhere.
   */
  Optional<LockKind> lock();

  /**
   * Which process takes a free leadership first: {@code any}, {@code random}, {@code oldest} or
   * {@code newest-version}. The others wait less than one {@code retry-period} longer.
   */
  @WithDefault("oldest")
  Preference preference();

  /**
   * The name of the process in the election, to which eight random characters are added; the host's
   * name if absent.
   */
  Optional<String> identity();

  /**
   * How long other processes wait after the last change of the lock that they saw before they take
   * it. At least ten ninths of {@code renew-deadline}.
   */
  @WithDefault("15s")
  @DurationMin(millis = 500)
  @DurationMax(minutes = 10)
  Duration leaseDuration();

  /**
   * How long a process remains leader after it sent a renewal that was confirmed. At least three
   * times {@code retry-period}.
   */
  @WithDefault("10s")
  @DurationMin(millis = 300)
  @DurationMax(minutes = 9)
  Duration renewDeadline();

  /** Time between two renewals, and at most between two attempts to become leader. */
  @WithDefault("2s")
  @DurationMin(millis = 50)
  @DurationMax(minutes = 1)
  Duration retryPeriod();

  /** The Lease, if the lock is one. */
  KubernetesLease kubernetes();

  /**
   * The configured durations.
   *
   * @throws IllegalArgumentException if they do not fit together, naming the setting
   */
  static ElectionTiming timing(ElectionConfig config) {
    return new ElectionTiming(
        config.leaseDuration().toNanos(),
        config.renewDeadline().toNanos(),
        config.retryPeriod().toNanos());
  }

  /** A Lease of the Kubernetes API. */
  interface KubernetesLease {

    /** The name of the Lease. Processes that share it and the databases share a leader. */
    @WithDefault("user-service")
    String lease();

    /** The namespace of the Lease; the pod's own if absent. */
    Optional<String> namespace();
  }
}
