package dev.userservice.datasource;

import io.vertx.core.VertxException;

/** The server accepted a connection and does not answer. */
final class SilentServerException extends VertxException {

  private static final long serialVersionUID = 1L;

  SilentServerException(Endpoint endpoint) {
    super(endpoint + " does not answer", true);
  }
}
