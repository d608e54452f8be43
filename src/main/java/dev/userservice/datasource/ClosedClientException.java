package dev.userservice.datasource;

import io.vertx.core.VertxException;

/** The server does not belong to the shard any more; another one must be asked. */
final class ClosedClientException extends VertxException {

  private static final long serialVersionUID = 1L;

  ClosedClientException(Endpoint endpoint) {
    super(endpoint + " is no longer in use", true);
  }
}
