package dev.userservice.user;

import static org.assertj.core.api.Assertions.assertThat;

import dev.userservice.sharding.map.SlotFunction;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class UserIdSequenceTest {

  private final UserIdSequence ids = new UserIdSequence();

  @Test
  void idsOfOneProcessAreDistinctAndExactInJavaScript() {
    Set<Long> drawn = ConcurrentHashMap.newKeySet();
    IntStream.range(0, 100_000).parallel().forEach(turn -> drawn.add(ids.next()));
    assertThat(drawn).hasSize(100_000).allMatch(id -> id > 0 && id < 1L << 53);
  }

  @Test
  void anIdOfAGivenSlotIsFound() {
    SlotFunction function = new SlotFunction(4096);
    for (int slot = 0; slot < 4096; slot += 97) {
      int wanted = slot;
      assertThat(function.slotOf(ids.next(id -> function.slotOf(id) == wanted))).isEqualTo(wanted);
    }
  }
}
