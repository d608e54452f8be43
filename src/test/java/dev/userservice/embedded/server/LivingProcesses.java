package dev.userservice.embedded.server;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;

/** The PostgreSQL processes that a test finds in a data directory. */
public final class LivingProcesses {

  private LivingProcesses() {}

  public static Set<Long> in(Path dataDirectory) throws IOException {
    return DataDirectoryProcesses.of(new DataDirectory(dataDirectory));
  }
}
