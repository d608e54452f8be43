package dev.userservice.drill;

import dev.userservice.sharding.map.SlotFunction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/** The answers that the clients got: each acknowledged user, and each failure. Thread-safe. */
final class WriteRecord {

  static final int SHARDS = 2;

  private static final int SLOTS = 4096;
  private static final SlotFunction FUNCTION = new SlotFunction(SLOTS);

  private final Map<Long, String> acknowledged = new ConcurrentHashMap<>();
  private final Map<Integer, ConcurrentLinkedQueue<Long>> answeredAt = new ConcurrentHashMap<>();
  private final Map<Integer, ConcurrentLinkedQueue<String>> failures = new ConcurrentHashMap<>();

  /** The shard of a user, as a new cluster of so many shards places it. */
  static int shardOf(long id) {
    return FUNCTION.slotOf(id) * SHARDS / SLOTS;
  }

  void acknowledged(long id, String name) {
    acknowledged.put(id, name);
    answeredAt
        .computeIfAbsent(shardOf(id), shard -> new ConcurrentLinkedQueue<>())
        .add(System.nanoTime());
  }

  void failed(int shard, String reason) {
    failures.computeIfAbsent(shard, each -> new ConcurrentLinkedQueue<>()).add(reason);
  }

  Map<Long, String> acknowledged() {
    return acknowledged;
  }

  List<String> failures(int shard) {
    return List.copyOf(failures.getOrDefault(shard, new ConcurrentLinkedQueue<>()));
  }

  /** The longest time without an acknowledged write on a shard, from the given time on. */
  Duration longestPause(int shard, long fromNanos) {
    List<Long> times =
        new ArrayList<>(answeredAt.getOrDefault(shard, new ConcurrentLinkedQueue<>()));
    times.removeIf(time -> time - fromNanos < 0);
    times.sort(Long::compare);
    long previous = fromNanos;
    long longest = times.isEmpty() ? Long.MAX_VALUE : 0;
    for (long time : times) {
      longest = Math.max(longest, time - previous);
      previous = time;
    }
    return Duration.ofNanos(longest);
  }
}
