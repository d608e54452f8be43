package dev.userservice.http.server;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** The value of the header {@code Date}, one text for all responses of a second. Lock-free. */
@Singleton
final class HttpDate {

  /** As RFC 9110, section 5.6.7, writes it: the day has two digits. */
  private static final DateTimeFormatter FORMAT =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private static final int MILLIS = 1000;

  private final Clock clock = Clock.systemUTC();
  private volatile Second latest = Second.of(0);

  CharSequence now() {
    long second = clock.millis() / MILLIS;
    Second known = latest;
    if (known.number() != second) {
      known = Second.of(second);
      latest = known;
    }
    return known.text();
  }

  /** A second since 1970 and its text. */
  private record Second(long number, String text) {

    static Second of(long number) {
      return new Second(number, FORMAT.format(Instant.ofEpochSecond(number)));
    }
  }
}
