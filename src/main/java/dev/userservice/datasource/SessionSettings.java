package dev.userservice.datasource;

import java.util.Map;
import java.util.TreeMap;

/**
 * What every session asks for when it starts, because a promise of the service rests on it. A role
 * or a database may have other defaults ({@code ALTER ROLE … SET}), which these take precedence
 * over. What only a superuser may set is checked at the start instead, by {@code SessionCheck}.
 */
final class SessionSettings {

  private static final Map<String, String> ALL =
      Map.of(
          // An acknowledged write is on a replica.
          "synchronous_commit", "on",
          // A commit without a replica is told by a warning (ConfirmedTransactions).
          "client_min_messages", "notice",
          "default_transaction_read_only", "off",
          // A statement sees what was committed before it began, also one that waited for a lock.
          "default_transaction_isolation", "read committed",
          "default_transaction_deferrable", "off",
          // Since PostgreSQL 14. An idle connection that ends looks like a server that is lost.
          "idle_session_timeout", "0");

  private SessionSettings() {}

  /** Startup parameters of the protocol: those of every session and the given ones. */
  static Map<String, String> with(Map<String, String> more) {
    Map<String, String> all = new TreeMap<>(ALL);
    all.putAll(more);
    return all;
  }

  /** The same as the value of the startup parameter {@code options}. */
  static String options(Map<String, String> more) {
    StringBuilder options = new StringBuilder();
    with(more)
        .forEach(
            (name, value) ->
                options.append(" -c ").append(name).append('=').append(escaped(value)));
    return options.substring(1);
  }

  // PostgreSQL documentation, section 19.1.3 (PGOPTIONS): spaces separate, a backslash escapes.
  private static String escaped(String value) {
    return value.replace("\\", "\\\\").replace(" ", "\\ ");
  }
}
