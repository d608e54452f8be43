package dev.userservice.leader;

import java.time.Duration;

/**
 * Work that one process does for all. A bean of this type runs while its process leads. It uses the
 * databases only through its {@link Leadership}.
 */
public interface LeaderTask {

  /** The name in logs, such as {@code schema-migration}. */
  String name();

  /** The longest time between the end of a run, also of one that failed, and the next run. */
  Duration interval();

  /**
   * Does the work. When the leadership ends, the thread is interrupted and its connections are
   * closed. An exception is logged, and the task runs again.
   */
  void run(Leadership leadership) throws Exception;
}
