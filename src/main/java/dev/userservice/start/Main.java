package dev.userservice.start;

import dev.userservice.http.server.RequestTarget;
import dev.userservice.time.Ticker;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.net.URI;
import java.security.Security;
import java.time.Duration;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The entry point of the process. Exit code 0 means success, 1 failure, 2 an unknown command. */
@QuarkusMain
public final class Main {

  private static final Duration CONNECTION_WAIT = Duration.ofSeconds(30);

  private static final String NAME_CACHE = "networkaddress.cache.ttl";
  private static final String OLD_NAME_CACHE = "sun.net.inetaddr.ttl";

  private static final String USAGE =
      """
      usage: user-service                     serve
             user-service check <base-url>    create, read and delete a user through a service
             user-service migrate             bring the schema up to date, and end
      """;

  /**
   * Kept in a field, because a logger without references may be collected, and its level with it.
   */
  private static final Logger HIBERNATE = Logger.getLogger("org.hibernate");

  private Main() {}

  /** Runs the command that the arguments name. */
  public static void main(String... arguments) {
    // Its messages before the settings are read would be printed if the settings are refused.
    HIBERNATE.setLevel(Level.WARNING);
    StartFailures.tellBriefly();
    limitNameCache();
    RequestTarget.checkHere();
    String command = arguments.length == 0 ? "serve" : arguments[0];
    switch (command) {
      case "serve" -> Quarkus.run();
      case "migrate" -> {
        System.setProperty("quarkus.http.host-enabled", "false");
        System.setProperty("quarkus.management.host-enabled", "false");
        Quarkus.run(Migrate.class);
      }
      case "check" -> System.exit(check(arguments));
      default -> System.exit(refuse());
    }
  }

  // A name that has passed to another server, as in a failover, is looked up again soon. By default
  // the JVM keeps an address for 30 s.
  private static void limitNameCache() {
    if (Security.getProperty(NAME_CACHE) == null && System.getProperty(OLD_NAME_CACHE) == null) {
      Security.setProperty(NAME_CACHE, "5");
    }
  }

  private static int check(String... arguments) {
    return arguments.length == 2
        ? new Check(URI.create(arguments[1]), System.out, CONNECTION_WAIT, Ticker.system()).run()
        : refuse();
  }

  private static int refuse() {
    System.err.print(USAGE);
    return 2;
  }
}
