package dev.userservice.start;

import java.util.logging.Filter;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/**
 * Tells a start that failed because the process was told to end in one line. Quarkus prints the
 * trace of whatever step could not go on.
 */
final class StartFailures implements Filter {

  private static final Logger LOG = Logger.getLogger(StartFailures.class.getName());

  /** Kept in a field, because a logger without references may be collected with its filter. */
  private static final Logger QUARKUS = Logger.getLogger("io.quarkus.runtime.Application");

  /** Stands between the failures of all later starts and the log. */
  static void tellBriefly() {
    QUARKUS.setFilter(new StartFailures());
  }

  @Override
  public boolean isLoggable(LogRecord failure) {
    if (failure.getThrown() == null || !StopDuringStart.isEnding()) {
      return true;
    }
    LOG.info(StopDuringStart.MESSAGE);
    return false;
  }
}
