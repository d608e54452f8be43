package dev.userservice.routing;

import dev.userservice.datasource.Endpoint;
import dev.userservice.routing.strategy.ServerWeight;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The weights of the servers. The file {@code users.routing.weights-file} takes precedence over
 * {@code users.routing.weights}; the default is 1. The file is read again every two seconds, so
 * that weights change without a restart. A file that cannot be read or parsed changes nothing and
 * is logged once. Thread-safe.
 */
final class Weights {

  private static final Logger LOG = Logger.getLogger(Weights.class);
  private static final long REREAD_MILLIS = 2_000;

  private final RoutingConfig config;
  private volatile Map<String, Double> fromFile = Map.of();
  private @Nullable String lastText;
  private boolean warned;

  Weights(RoutingConfig config) {
    this.config = config;
  }

  /** The weight of a server, by its name or its {@code host:port}. */
  double of(Endpoint endpoint) {
    Map<String, Double> file = fromFile;
    Double weight = file.get(endpoint.name());
    weight = weight == null ? file.get(endpoint.address()) : weight;
    if (weight != null) {
      return weight;
    }
    return config.weights().containsKey(endpoint.name())
        ? config.weight(endpoint.name())
        : config.weight(endpoint.address());
  }

  /** Reads the file, if one is configured, now and periodically; runs the action on changes. */
  void follow(Vertx vertx, Runnable changed) {
    config
        .weightsFile()
        .map(Path::of)
        .ifPresent(
            file -> {
              reread(file, changed);
              vertx.setPeriodic(
                  REREAD_MILLIS,
                  timer ->
                      vertx.executeBlocking(
                          () -> {
                            reread(file, changed);
                            return file;
                          }));
            });
  }

  synchronized void reread(Path file, Runnable changed) {
    try {
      String text = Files.readString(file);
      if (text.equals(lastText)) {
        return;
      }
      lastText = text;
      fromFile = parse(text);
      LOG.infof("Weights of %s: %s", file, fromFile);
      changed.run();
      warned = false;
    } catch (IllegalArgumentException | IOException useless) {
      if (!warned) {
        LOG.warnf("Ignored the weights of %s: %s", file, useless);
      }
      warned = true;
    }
  }

  /** Parses lines of {@code server = weight}; {@code #} begins a comment. */
  static Map<String, Double> parse(String text) {
    Map<String, Double> weights = new TreeMap<>();
    for (String line : text.lines().map(String::strip).toList()) {
      if (line.isEmpty() || line.startsWith("#")) {
        continue;
      }
      ServerWeight entry = ServerWeight.parse(line);
      weights.put(entry.server(), entry.weight());
    }
    return Map.copyOf(weights);
  }
}
