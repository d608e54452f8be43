package dev.userservice.embedded.server;

import java.io.IOException;

/** Flushes a whole data directory to disk, by initdb. */
public record DiskSync(PostgresPrograms programs) {

  public void sync(DataDirectory data) throws IOException {
    // syncfs is one call per file system instead of one per file; only Linux has it.
    String method = Platform.current().linux() ? "syncfs" : "fsync";
    programs.run("initdb", "--sync-only", "--sync-method=" + method, "--pgdata=" + data.path());
  }
}
