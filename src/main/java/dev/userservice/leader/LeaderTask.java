package dev.userservice.leader;

import java.time.Duration;

/**
 * Something that one process does for all: a bean of this type runs whenever its process leads. It
 * reaches the databases through its {@link Leadership} only.
 */
public interface LeaderTask {

  /** For logs, such as {@code schema-migration}. */
  String name();

  /** Time between the end of a run and the next one, and after a failure, at most. */
  Duration interval();

  /**
   * Does what there is to do. Is interrupted, and its connections are closed, when the leadership
   * ends; what it throws is logged, and it runs again.
   */
  void run(Leadership leadership) throws Exception;
}
