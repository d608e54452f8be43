package dev.userservice.user.api;

import dev.userservice.routing.Served;
import java.util.Collection;
import java.util.stream.Collectors;

/**
 * The response header that names the server of each answer to a read: a list of strings with
 * parameters (RFC 8941), as in {@code "db-1:5432";shard=0;role=replica;staleness=3;reason=chosen}.
 * The staleness is in milliseconds, and absent when it is not known.
 */
final class ServedBy {

  static final String HEADER = "Served-By";

  private ServedBy() {}

  static String of(Served<?> served) {
    StringBuilder item = new StringBuilder(80);
    item.append('"').append(served.endpoint().name());
    item.append("\";shard=").append(served.shard());
    item.append(";role=").append(served.role().label());
    if (served.stalenessNanos() != Long.MAX_VALUE) {
      item.append(";staleness=").append(served.stalenessNanos() / 1_000_000);
    }
    return item.append(";reason=").append(served.reason().label()).toString();
  }

  static String of(Collection<? extends Served<?>> parts) {
    return parts.stream().map(ServedBy::of).collect(Collectors.joining(", "));
  }
}
