package dev.userservice.start;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.net.URI;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Where the process begins. Exit code 0 is success, 1 failure, 2 a command that there is not. */
@QuarkusMain
public final class Main {

  private static final String USAGE =
      """
      usage: user-service                     serve
             user-service check <base-url>    create, read and delete a user through a service
             user-service migrate             bring the schema up to date, and end
      """;

  /** Held: the level of a logger that nothing refers to may be forgotten. */
  private static final Logger HIBERNATE = Logger.getLogger("org.hibernate");

  private Main() {}

  /** Runs the command that the arguments name. */
  public static void main(String... arguments) {
    // What it says before the settings are read would be printed if those are refused.
    HIBERNATE.setLevel(Level.WARNING);
    String command = arguments.length == 0 ? "serve" : arguments[0];
    switch (command) {
      case "serve" -> Quarkus.run();
      case "migrate" -> {
        System.setProperty("quarkus.http.port", "0");
        System.setProperty("quarkus.management.port", "0");
        Quarkus.run(Migrate.class);
      }
      case "check" -> System.exit(check(arguments));
      default -> System.exit(refuse());
    }
  }

  private static int check(String... arguments) {
    return arguments.length == 2 ? new Check(URI.create(arguments[1]), System.out).run() : refuse();
  }

  private static int refuse() {
    System.err.print(USAGE);
    return 2;
  }
}
