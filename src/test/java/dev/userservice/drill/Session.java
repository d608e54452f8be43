package dev.userservice.drill;

import org.jspecify.annotations.Nullable;

/** What a client keeps: the last token, if it keeps any. Belongs to one event loop. */
final class Session {

  private final boolean keepsTokens;
  private @Nullable String token;

  Session(boolean keepsTokens) {
    this.keepsTokens = keepsTokens;
  }

  @Nullable String token() {
    return token;
  }

  void saw(UserAnswer answer) {
    if (keepsTokens && answer.token() != null) {
      token = answer.token();
    }
  }
}
