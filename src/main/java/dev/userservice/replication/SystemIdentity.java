package dev.userservice.replication;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which database system a shard's servers belong to. A primary shares its system identifier with
 * its replicas only ({@code pg_control_system()}), so a server with another one was configured or
 * addressed by mistake, or was initialised anew and is empty.
 *
 * <p>The system that has the service's schema is the shard's. It stays so once it was used. A
 * system without the schema is used only if all of the shard's servers answered and belong to it:
 * whoever initialised a database beside servers that do not answer might hide their users.
 *
 * <p>Not thread-safe.
 */
final class SystemIdentity {

  private record Heard(long system, boolean initialised) {}

  private final Map<MonitoredEndpoint, Heard> heard = new HashMap<>();
  private @Nullable Heard used;

  /** Takes in what a server answered. */
  void heard(MonitoredEndpoint server, long system, boolean initialised) {
    heard.put(server, new Heard(system, initialised));
  }

  /** Forgets servers that are no longer the shard's. */
  void retain(Collection<MonitoredEndpoint> servers) {
    heard.keySet().retainAll(servers);
  }

  /**
   * Keeps the system of the primary, which is used from now on. As long as it does not have the
   * schema, one that has takes its place.
   */
  void use(MonitoredEndpoint primary) {
    Heard before = used;
    if (before == null || !before.initialised()) {
      used = heard.get(primary);
    }
  }

  /** Whether a server has answered that belongs to another system than the shard. */
  boolean isForeign(MonitoredEndpoint server, Collection<MonitoredEndpoint> servers) {
    Heard answer = heard.get(server);
    OptionalLong ours = ours(servers);
    return answer != null && ours.isPresent() && answer.system() != ours.getAsLong();
  }

  /** Whether the shard's system is known, so that its primary may be used. */
  boolean isKnown(Collection<MonitoredEndpoint> servers) {
    return ours(servers).isPresent();
  }

  /**
   * Why it is not known, although each server has answered or failed to; empty if none answered.
   */
  String objection(Collection<MonitoredEndpoint> servers) {
    if (heard.isEmpty() || !servers.stream().allMatch(MonitoredEndpoint::heard)) {
      return "";
    }
    List<MonitoredEndpoint> silent =
        servers.stream().filter(server -> !heard.containsKey(server)).toList();
    if (systems(false).count() == 1) {
      return "the database is empty, and is not initialised while servers do not answer: "
          + names(silent);
    }
    return "the servers belong to different database systems, %s: %s"
        .formatted(
            systems(true).count() == 0 ? "none with users" : "more than one with users",
            heard.entrySet().stream()
                .map(entry -> entry.getKey().endpoint() + " to " + entry.getValue().system())
                .sorted()
                .collect(Collectors.joining(", ")));
  }

  private OptionalLong ours(Collection<MonitoredEndpoint> servers) {
    Heard known = used;
    if (known != null && (known.initialised() || systems(true).count() == 0)) {
      return OptionalLong.of(known.system());
    }
    if (systems(true).count() > 0) {
      return onlyOneOf(systems(true).toList());
    }
    return heard.keySet().containsAll(servers)
        ? onlyOneOf(systems(false).toList())
        : OptionalLong.empty();
  }

  private static OptionalLong onlyOneOf(List<Long> systems) {
    return systems.size() == 1 ? OptionalLong.of(systems.get(0)) : OptionalLong.empty();
  }

  private Stream<Long> systems(boolean initialised) {
    return heard.values().stream()
        .filter(answer -> answer.initialised() || !initialised)
        .map(Heard::system)
        .distinct();
  }

  private static String names(List<MonitoredEndpoint> servers) {
    return servers.stream()
        .map(server -> server.endpoint().toString())
        .collect(Collectors.joining(", "));
  }
}
