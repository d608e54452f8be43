package dev.userservice.election;

import dev.userservice.election.lock.LockKind;
import dev.userservice.election.preference.Preference;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

/** How the processes of the service choose their leader. */
@ConfigMapping(prefix = "users.election")
public interface ElectionConfig {

  /**
   * Where the lock is: {@code kubernetes}, a Lease of the Kubernetes API, or {@code quorum}, the
   * votes of the shards' primaries. When absent, the former if the process runs in Kubernetes, else
   * the latter.
   */
  Optional<LockKind> lock();

  /**
   * Who is to take a free leadership: {@code any}, {@code random}, {@code oldest} or {@code
   * newest-version}. Only ever a matter of waiting less than a retry period.
   */
  @WithDefault("oldest")
  Preference preference();

  /** The process's name in the election; a random part is added. By default the host's name. */
  Optional<String> identity();

  /**
   * How long others leave a leadership alone after they saw it change. From 500 ms to 10 min, and
   * at least ten ninths of the renew deadline.
   */
  @WithDefault("15s")
  @DurationMin(millis = 500)
  @DurationMax(minutes = 10)
  Duration leaseDuration();

  /**
   * How long the leader believes in itself after a renewal was sent that was confirmed. From 300 ms
   * to 9 min, and at least three retry periods.
   */
  @WithDefault("10s")
  @DurationMin(millis = 300)
  @DurationMax(minutes = 9)
  Duration renewDeadline();

  /** Time between two renewals, and at most between two tries to lead. From 50 ms to 1 min. */
  @WithDefault("2s")
  @DurationMin(millis = 50)
  @DurationMax(minutes = 1)
  Duration retryPeriod();

  /** The Lease, if that is the lock. */
  KubernetesLease kubernetes();

  /** A Lease of the Kubernetes API. */
  interface KubernetesLease {

    /** Its name. Whoever shares it, and the databases, shares a leader. */
    @WithDefault("user-service")
    String lease();

    /** Its namespace, by default the pod's own. */
    Optional<String> namespace();
  }
}
