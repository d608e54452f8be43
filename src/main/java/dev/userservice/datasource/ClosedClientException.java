package dev.userservice.datasource;

import io.vertx.core.VertxException;

/** The server is no longer one of its shard's: another one has to be asked. */
final class ClosedClientException extends VertxException {

  private static final long serialVersionUID = 1L;

  ClosedClientException(Endpoint endpoint) {
    super(endpoint + " is no longer in use", true);
  }
}
