package dev.userservice.history;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Random histories of one register with the initial value 0. */
final class RandomRegister {

  private RandomRegister() {}

  /** Up to six operations with answers at random: some linearizable, some not. */
  static List<Event> small(Random random) {
    List<Event> history = new ArrayList<>();
    int size = 1 + random.nextInt(6);
    for (int index = 0; index < size; index++) {
      long calledAt = random.nextInt(12);
      long answeredAt = calledAt + 1 + random.nextInt(6);
      switch (random.nextInt(5)) {
        case 0 -> history.add(TestEvents.unknownWrite(index + 1, calledAt));
        case 1, 2 -> history.add(TestEvents.write(index + 1, calledAt, answeredAt));
        default -> history.add(TestEvents.read(random.nextInt(size), calledAt, answeredAt));
      }
    }
    return history;
  }

  /** A linearizable history: each operation takes effect at a moment within its call. */
  static List<Event> ofOneRegister(Random random, int size, int clients) {
    List<Event> history = new ArrayList<>();
    long[] freeAt = new long[clients];
    long value = 0;
    for (int index = 0; index < size; index++) {
      long effectAt = index * 10L;
      int client = random.nextInt(clients);
      if (freeAt[client] >= effectAt) {
        continue;
      }
      long calledAt = Math.max(freeAt[client] + 1, effectAt - random.nextInt(40));
      long answeredAt = effectAt + random.nextInt(40);
      freeAt[client] = answeredAt;
      if (random.nextInt(500) == 0) {
        value = index + 1L;
        history.add(TestEvents.unknownWrite(value, calledAt));
      } else if (random.nextBoolean()) {
        value = index + 1L;
        history.add(TestEvents.write(value, calledAt, answeredAt));
      } else {
        history.add(TestEvents.read(value, calledAt, answeredAt));
      }
    }
    return history;
  }
}
