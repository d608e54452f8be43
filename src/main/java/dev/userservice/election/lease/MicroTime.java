package dev.userservice.election.lease;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** The API's {@code MicroTime}: RFC 3339 with exactly six digits after the second. */
final class MicroTime {

  private static final DateTimeFormatter FORMAT =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

  private MicroTime() {}

  static String of(Instant time) {
    return FORMAT.format(time);
  }
}
