package dev.userservice.history;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Small histories of a few sessions with answers at random: most break some promise. */
final class RandomCalls {

  private static final String[] LEVELS = {"strong", "session", "bounded=0", "eventual"};
  private static final Outcome[] WRITES = {
    Outcome.DONE, Outcome.DONE, Outcome.DONE, Outcome.UNKNOWN, Outcome.REFUSED
  };
  private static final Outcome[] READS = {
    Outcome.DONE, Outcome.DONE, Outcome.DONE, Outcome.UNANSWERED, Outcome.SESSION_LOST
  };

  private RandomCalls() {}

  /** Up to seven calls of three sessions on one key. */
  static List<Event> onOneKey(Random random) {
    List<Event> calls = new ArrayList<>();
    long[] freeAt = new long[3];
    Arrays.fill(freeAt, -1);
    int size = 1 + random.nextInt(7);
    for (int index = 0; index < size; index++) {
      int session = random.nextInt(freeAt.length);
      // No two calls begin at the same moment, so that "the last one" is clear.
      long begin = (freeAt[session] / 8 + 1 + random.nextInt(3)) * 8 + index;
      long end = begin + 1 + random.nextInt(30);
      freeAt[session] = end;
      String name = "session-" + session;
      calls.add(
          random.nextBoolean()
              ? Event.write(name, "key", index, begin, end, any(WRITES, random))
              : Event.read(
                  any(LEVELS, random),
                  name,
                  "key",
                  random.nextInt(size + 1) - 1L,
                  begin,
                  end,
                  any(READS, random)));
    }
    return calls;
  }

  private static <T> T any(T[] choices, Random random) {
    return choices[random.nextInt(choices.length)];
  }
}
