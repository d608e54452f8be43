package dev.userservice.history;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.userservice.history.Violation.Promise;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class HistoryTest {

  private final History history = new History();

  @Test
  void agreesWithTheDefinitionsOnSmallRandomHistories() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    Map<Promise, Integer> broken = new EnumMap<>(Promise.class);
    int kept = 0;
    for (int turn = 0; turn < 3_000; turn++) {
      List<Event> calls = Sessions.of(RandomCalls.onOneKey(random)).calls();
      DefinitionJudge definition = new DefinitionJudge(calls);
      List<Violation> found = KeyJudge.judge(new KeyHistory(calls));
      assertThat(without(Promise.LINEARIZABLE, found))
          .as("seed %d: %s", seed, calls)
          .isEqualTo(Set.copyOf(definition.violations()));
      assertThat(found.stream().noneMatch(each -> each.promise() == Promise.LINEARIZABLE))
          .as("seed %d, linearizable: %s", seed, calls)
          .isEqualTo(definition.linearizable());
      found.forEach(each -> broken.merge(each.promise(), 1, Integer::sum));
      kept += found.isEmpty() ? 1 : 0;
    }
    assertThat(broken.keySet()).as("seed %d", seed).containsExactlyInAnyOrder(Promise.values());
    assertThat(kept).as("seed %d", seed).isGreaterThan(300);
  }

  @Test
  void namesAsLostWhatTheDefinitionNames() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    int lost = 0;
    for (int turn = 0; turn < 20_000; turn++) {
      List<Event> calls = RandomCalls.onOneKey(random);
      Sessions sessions = Sessions.of(calls);
      List<Event> named = new KeyHistory(sessions.calls()).named(sessions.told());
      assertThat(named.stream().map(Event::value))
          .as("seed %d: %s", seed, calls)
          .containsExactlyInAnyOrderElementsOf(
              new DefinitionJudge(calls).named().stream().map(Event::value).toList());
      lost += named.size();
    }
    assertThat(lost).as("seed %d", seed).isGreaterThan(20);
  }

  @Test
  void aSessionReadsWhatItHasWrittenAndRead() {
    write("a", 1, 0, 1);
    write("a", 2, 2, 3);
    read("session", "a", 1, 4, 5);
    read("eventual", "b", 2, 6, 7);
    read("session", "b", 1, 8, 9);
    read("session", "c", 1, 8, 9);
    assertThat(broken())
        .containsExactlyInAnyOrder(Promise.READ_YOUR_WRITES, Promise.MONOTONIC_READS);
  }

  @Test
  void aLostSessionBeginsAnew() {
    write("a", 1, 0, 1);
    write("a", 2, 2, 3);
    history.add(Event.read("session", "a", "key", Event.ABSENT, 4, 5, Outcome.SESSION_LOST));
    read("session", "a", 1, 6, 7);
    assertThat(history.violations()).isEmpty();
  }

  @Test
  void aWriteMayBeLostIfAllWhoWereShownItAreTold() {
    write("a", 1, 0, 1);
    history.add(Event.write("b", "key", 2, 2, 3, Outcome.UNKNOWN));
    read("strong", "c", 2, 4, 5);
    read("strong", "d", 1, 6, 7);
    history.add(Event.read("session", "c", "key", Event.ABSENT, 8, 9, Outcome.SESSION_LOST));
    assertThat(history.judge().violations()).isEmpty();
    assertThat(history.judge().lost()).extracting(Event::value).containsExactly(2L);
    read("session", "e", 2, 10, 11);
    read("strong", "d", 1, 12, 13);
    assertThat(broken()).containsExactly(Promise.LINEARIZABLE);
  }

  @Test
  void anAcknowledgedWriteMayNotBeLostWhoeverIsTold() {
    write("a", 1, 0, 1);
    history.add(Event.read("session", "a", "key", Event.ABSENT, 2, 3, Outcome.SESSION_LOST));
    read("strong", "a", Event.ABSENT, 4, 5);
    assertThat(broken()).containsExactlyInAnyOrder(Promise.DURABLE, Promise.LINEARIZABLE);
  }

  @Test
  void aRefusedWriteMayNotBeShownWhoeverIsTold() {
    history.add(Event.write("a", "key", 1, 0, 1, Outcome.REFUSED));
    read("strong", "b", 1, 2, 3);
    history.add(Event.read("session", "b", "key", Event.ABSENT, 4, 5, Outcome.SESSION_LOST));
    assertThat(broken()).contains(Promise.WRITTEN);
  }

  @Test
  void aBoundedReadShowsWhatWasAcknowledgedABoundBefore() {
    write("a", 1, 0, 1);
    write("a", 2, 2, 3);
    read("bounded=2", "b", 1, 2_000_002, 2_000_005);
    read("bounded=2", "b", 1, 2_000_006, 2_000_007);
    assertThat(broken()).containsExactly(Promise.BOUNDED);
  }

  @Test
  void anAcknowledgedWriteIsNotLost() {
    write("a", 1, 0, 1);
    read("strong", "b", Event.ABSENT, 2, 3);
    assertThat(broken()).containsExactlyInAnyOrder(Promise.DURABLE, Promise.LINEARIZABLE);
  }

  @Test
  void aRefusedWriteIsNotShown() {
    history.add(Event.write("a", "key", 1, 0, 1, Outcome.REFUSED));
    read("eventual", "b", 1, 2, 3);
    read("eventual", "b", 9, 4, 5);
    assertThat(broken()).containsExactly(Promise.WRITTEN, Promise.WRITTEN);
  }

  @Test
  void manyShownWritesOfUnknownOutcomeAreCheckedQuickly() {
    for (int write = 0; write < 200; write++) {
      history.add(Event.write("a", "key", write, 4L * write, 4L * write + 1, Outcome.UNKNOWN));
      read("strong", "a", write, 4L * write + 2, 4L * write + 3);
    }
    assertThat(history.violations()).isEmpty();
  }

  @Test
  void aHistoryThatNoClientCanMakeIsRefused() {
    write("a", 1, 0, 5);
    read("strong", "a", 1, 4, 6);
    assertThatThrownBy(history::violations).hasMessageContaining("two calls at a time");
    History twice = new History();
    twice.add(Event.write("a", "key", 1, 0, 1, Outcome.DONE));
    twice.add(Event.write("a", "key", 1, 2, 3, Outcome.DONE));
    assertThatThrownBy(twice::violations).hasMessageContaining("not unique");
  }

  @Test
  void aFileHasOneLineForEachCall(@TempDir Path folder) throws Exception {
    write("a", 1, 0, 1);
    history.add(Event.read("bounded=500", "b", "key", 1, 2, 3, Outcome.SESSION_LOST));
    Path file = history.write(folder.resolve("history.ndjson"));
    assertThat(Files.readAllLines(file))
        .containsExactly(
            "{\"operation\":\"write\",\"session\":\"a\",\"key\":\"key\",\"value\":1,\"begin\":0,"
                + "\"end\":1,\"outcome\":\"done\"}",
            "{\"operation\":\"read\",\"level\":\"bounded=500\",\"session\":\"b\",\"key\":\"key\","
                + "\"value\":1,\"begin\":2,\"end\":3,\"outcome\":\"session-lost\"}");
    assertThat(History.read(file).events()).isEqualTo(history.events());
  }

  private void write(String session, long value, long begin, long end) {
    history.add(Event.write(session, "key", value, begin, end, Outcome.DONE));
  }

  private void read(String level, String session, long value, long begin, long end) {
    history.add(Event.read(level, session, "key", value, begin, end, Outcome.DONE));
  }

  private List<Promise> broken() {
    return history.violations().stream().map(Violation::promise).toList();
  }

  private static Set<Violation> without(Promise promise, List<Violation> violations) {
    return violations.stream().filter(each -> each.promise() != promise).collect(toSet());
  }
}
