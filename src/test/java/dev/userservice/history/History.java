package dev.userservice.history;

import static java.util.stream.Collectors.groupingBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What all clients of a drill did, in any order. Thread-safe. */
public final class History {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final List<Event> events = new ArrayList<>();
  private final Map<Outcome, Long> outcomes = new EnumMap<>(Outcome.class);

  /** Adds a call that has ended. */
  public synchronized void add(Event event) {
    events.add(event);
    outcomes.merge(event.outcome(), 1L, Long::sum);
  }

  /** The calls until now. */
  public synchronized List<Event> events() {
    return List.copyOf(events);
  }

  /** The number of calls that ended so. */
  public synchronized long count(Outcome outcome) {
    return outcomes.getOrDefault(outcome, 0L);
  }

  /** The answers that break a promise: see {@link #judge}. */
  public List<Violation> violations() {
    return judge().violations();
  }

  /**
   * Judges all answers; for linearizability, the first of each key that no order explains.
   *
   * <p>A failover may lose a write that was never acknowledged, even if somebody was shown its
   * value (PostgreSQL shows a commit whose wait for replicas was cancelled), if the service names
   * it: whoever was shown it is told that the session is lost. Such a write is none of the
   * violations.
   *
   * @throws IllegalArgumentException if a session has two calls at a time, or two writes of a key
   *     have the same value
   */
  public Judgement judge() {
    Sessions sessions = Sessions.of(events());
    List<Violation> violations = new ArrayList<>();
    List<Event> lost = new ArrayList<>();
    for (List<Event> calls : sessions.calls().stream().collect(groupingBy(Event::key)).values()) {
      KeyHistory key = new KeyHistory(calls);
      List<Violation> found = KeyJudge.judge(key);
      if (!found.isEmpty()) {
        List<Event> named = key.named(sessions.told());
        lost.addAll(named);
        violations.addAll(KeyJudge.judge(key.without(named)));
      }
    }
    return new Judgement(violations, lost);
  }

  /** Writes a file of JSON lines, and the folders above it. */
  public Path write(Path file) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    try (BufferedWriter lines = Files.newBufferedWriter(file)) {
      for (Event event : events()) {
        lines.write(JSON.writeValueAsString(event));
        lines.newLine();
      }
    }
    return file;
  }

  /** Reads a file of JSON lines. */
  public static History read(Path file) throws IOException {
    History history = new History();
    try (Stream<String> lines = Files.lines(file)) {
      lines.map(History::parse).forEach(history::add);
    }
    return history;
  }

  private static Event parse(String line) {
    try {
      return JSON.readValue(line, Event.class);
    } catch (IOException malformed) {
      throw new UncheckedIOException("not a call: " + line, malformed);
    }
  }

  /** Judges the histories of the given files, and exits with 1 if a promise is broken. */
  public static void main(String[] files) throws IOException {
    int broken = 0;
    for (String file : files) {
      History history = read(Path.of(file));
      Judgement judgement = history.judge();
      judgement.violations().forEach(System.out::println);
      System.out.printf("%s: %s, %s%n", file, history, judgement);
      broken += judgement.violations().size();
    }
    System.exit(broken == 0 ? 0 : 1);
  }

  @Override
  public synchronized String toString() {
    return events.size() + " calls, " + outcomes;
  }
}
