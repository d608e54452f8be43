package dev.userservice.http.server;

import io.smallrye.config.ConfigMapping;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.Optional;
import java.util.Set;

/** How browsers may use the API. */
@ConfigMapping(prefix = "users.http")
interface HttpConfig {

  /** A scheme, a host and perhaps a port, as browsers write them. */
  String ORIGIN = "https?://[a-z0-9._\\-\\[\\]:]+";

  /**
   * The origins whose pages may use the API from a browser (CORS), such as {@code
   * https://app.example.com}; {@code *} stands for all. Without it none may.
   */
  Optional<@Size(min = 1, max = 100) Set<@Pattern(regexp = "\\*|" + ORIGIN) String>> corsOrigins();
}
