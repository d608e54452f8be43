package dev.userservice.sharding;

import java.util.Collection;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What several shards answered.
 *
 * @param answers by the shard's number
 * @param failures by the shard's number; a shard is in exactly one of the two
 * @param <T> the answer of one shard
 */
public record Gathered<T>(SortedMap<Integer, T> answers, SortedMap<Integer, Throwable> failures) {

  /** Copies both. */
  public Gathered {
    answers = Collections.unmodifiableSortedMap(new TreeMap<>(answers));
    failures = Collections.unmodifiableSortedMap(new TreeMap<>(failures));
  }

  /** All answers in shard order; throws if a single shard is missing. */
  public Collection<T> complete() {
    if (!failures.isEmpty()) {
      throw new MissingShardsException(failures);
    }
    return answers.values();
  }
}
