package dev.userservice.embedded.server;

import java.io.IOException;

/** Brings a whole data directory to disk by initdb, which knows how. */
public record DiskSync(PostgresPrograms programs) {

  public void sync(DataDirectory data) throws IOException {
    // One call per file system instead of one per file, where the system has it.
    String method = Platform.current().linux() ? "syncfs" : "fsync";
    programs.run("initdb", "--sync-only", "--sync-method=" + method, "--pgdata=" + data.path());
  }
}
