package dev.userservice.election;

import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** How a process reaches something that keeps state. */
public interface Link {

  /** Does the work there and brings back what it answers, or fails. */
  <T> CompletionStage<T> call(Supplier<T> work);
}
