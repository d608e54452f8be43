package dev.userservice.history;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The calls of all sessions. Whoever was told that its session is lost goes on as another one.
 *
 * @param calls by their begin
 * @param told the sessions that ended because they were lost
 */
record Sessions(List<Event> calls, Set<String> told) {

  /**
   * Tells sessions apart.
   *
   * @throws IllegalArgumentException if one has two calls at a time
   */
  static Sessions of(List<Event> events) {
    Map<String, Event> last = new HashMap<>();
    Map<String, Integer> losses = new HashMap<>();
    List<Event> calls = new ArrayList<>();
    Set<String> told = new HashSet<>();
    for (Event event : events.stream().sorted(Comparator.comparingLong(Event::begin)).toList()) {
      Event before = last.put(event.session(), event);
      if (before != null && before.end() > event.begin()) {
        throw new IllegalArgumentException("a session has two calls at a time: " + event);
      }
      int lost = losses.getOrDefault(event.session(), 0);
      Event call = lost == 0 ? event : event.of(event.session() + "#" + lost);
      calls.add(call);
      if (event.outcome() == Outcome.SESSION_LOST) {
        losses.merge(event.session(), 1, Integer::sum);
        told.add(call.session());
      }
    }
    return new Sessions(calls, told);
  }
}
