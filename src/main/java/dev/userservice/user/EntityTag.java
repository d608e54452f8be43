package dev.userservice.user;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * The strong entity tag of one version of one user (RFC 9110, section 8.8.3). The time of writing
 * is part of it, since a user deleted and created again starts at version 1 again.
 *
 * @param version the user's version
 * @param updatedAt when it was written, to the microsecond
 */
public record EntityTag(long version, Instant updatedAt) {

  private long micros() {
    return ChronoUnit.MICROS.between(Instant.EPOCH, updatedAt);
  }

  /** The header's value, quotes included. */
  public String header() {
    return "\"" + Long.toString(version, 36) + "-" + Long.toString(micros(), 36) + "\"";
  }
}
