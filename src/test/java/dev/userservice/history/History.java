package dev.userservice.history;

import static java.util.stream.Collectors.groupingBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What all clients of a drill did, in any order. Thread-safe. */
public final class History {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final List<Event> events = new ArrayList<>();

  /** Adds a call that has ended. */
  public synchronized void add(Event event) {
    events.add(event);
  }

  /** The calls until now. */
  public synchronized List<Event> events() {
    return List.copyOf(events);
  }

  /** The number of calls that ended so. */
  public long count(Outcome outcome) {
    return events().stream().filter(event -> event.outcome() == outcome).count();
  }

  /**
   * The answers that break a promise; for linearizability, the first of each key.
   *
   * @throws IllegalArgumentException if a session has two calls at a time, or two writes of a key
   *     have the same value
   */
  public List<Violation> violations() {
    List<Violation> found = new ArrayList<>();
    sequential(events()).stream()
        .collect(groupingBy(Event::key))
        .values()
        .forEach(calls -> found.addAll(KeyJudge.judge(new KeyHistory(calls))));
    return found;
  }

  /** Whoever was told that its session is lost goes on as another session. */
  static List<Event> sequential(List<Event> events) {
    Map<String, Event> last = new HashMap<>();
    Map<String, Integer> losses = new HashMap<>();
    List<Event> renamed = new ArrayList<>();
    for (Event event : events.stream().sorted(Comparator.comparingLong(Event::begin)).toList()) {
      Event before = last.put(event.session(), event);
      if (before != null && before.end() > event.begin()) {
        throw new IllegalArgumentException("a session has two calls at a time: " + event);
      }
      renamed.add(event.of(event.session() + "#" + losses.getOrDefault(event.session(), 0)));
      if (event.outcome() == Outcome.SESSION_LOST) {
        losses.merge(event.session(), 1, Integer::sum);
      }
    }
    return renamed;
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
      List<Violation> violations = history.violations();
      violations.forEach(System.out::println);
      System.out.printf("%s: %s, %d violations%n", file, history, violations.size());
      broken += violations.size();
    }
    System.exit(broken == 0 ? 0 : 1);
  }

  @Override
  public String toString() {
    List<Event> all = events();
    Map<Outcome, Long> outcomes = new java.util.TreeMap<>();
    all.forEach(event -> outcomes.merge(event.outcome(), 1L, Long::sum));
    return all.size() + " calls, " + outcomes;
  }
}
