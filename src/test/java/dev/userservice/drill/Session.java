package dev.userservice.drill;

import org.jspecify.annotations.Nullable;

/** The state of a client: its last token, if it keeps one. Belongs to one event loop. */
final class Session {

  private final boolean keepsTokens;
  private @Nullable String token;

  Session(boolean keepsTokens) {
    this.keepsTokens = keepsTokens;
  }

  @Nullable String token() {
    return token;
  }

  /** Begins anew, because a failover may have lost what the session has seen. */
  void restart() {
    token = null;
  }

  void saw(UserAnswer answer) {
    if (keepsTokens && answer.token() != null) {
      token = answer.token();
    }
  }
}
