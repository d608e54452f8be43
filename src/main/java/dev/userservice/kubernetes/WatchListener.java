package dev.userservice.kubernetes;

import io.vertx.core.json.JsonObject;

/** Receives what a watch reports, one call after the other. Must not block. */
public interface WatchListener {

  /** The API server has accepted the watch. */
  default void opened() {}

  /**
   * An object was changed.
   *
   * @param type {@code ADDED}, {@code MODIFIED} or {@code DELETED}
   */
  void changed(String type, JsonObject object);

  /** The watch has ended or was refused. Called once, and nothing afterwards. */
  void ended(ApiException why);
}
