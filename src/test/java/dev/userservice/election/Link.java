package dev.userservice.election;

import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** The connection of a process to a store. */
public interface Link {

  /** Runs the work at the store and returns its result, or fails. */
  <T> CompletionStage<T> call(Supplier<T> work);
}
