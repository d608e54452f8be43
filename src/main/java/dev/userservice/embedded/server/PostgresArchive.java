package dev.userservice.embedded.server;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.zip.CRC32;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.jboss.logging.Logger;
import org.tukaani.xz.XZInputStream;

/** The archive of PostgreSQL's programs on the class path. */
record PostgresArchive(URL location) {

  private static final Logger LOG = Logger.getLogger(PostgresArchive.class);

  static PostgresArchive of(Platform platform) {
    URL location = PostgresArchive.class.getResource("/" + platform.archive());
    if (location == null) {
      throw new EmbeddedClusterException(
          "the embedded PostgreSQL " + platform.archive() + " is not on the class path");
    }
    return new PostgresArchive(location);
  }

  /** Unpacks each archive once; the directory appears complete or not at all. */
  Path unpackBelow(Path directory) throws IOException {
    Path home = directory.resolve("postgresql-" + Long.toHexString(checksum()));
    if (!Files.isDirectory(home)) {
      LOG.infof("Unpacking PostgreSQL to %s", home);
      Path partial = home.resolveSibling(home.getFileName() + ".partial");
      FileTree.delete(partial);
      unpack(partial);
      Files.move(partial, home, StandardCopyOption.ATOMIC_MOVE);
    }
    return home;
  }

  private long checksum() throws IOException {
    var connection = location.openConnection();
    connection.setUseCaches(false);
    if (connection instanceof JarURLConnection jar) {
      try (var file = jar.getJarFile()) {
        // The jar already has the checksum of each entry.
        return Objects.requireNonNull(file.getJarEntry(jar.getEntryName())).getCrc();
      }
    }
    CRC32 crc = new CRC32();
    try (InputStream in = connection.getInputStream()) {
      crc.update(in.readAllBytes());
    }
    return crc.getValue();
  }

  private void unpack(Path target) throws IOException {
    try (InputStream in = new BufferedInputStream(location.openStream(), 1 << 16);
        var tar = new TarArchiveInputStream(new XZInputStream(in))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        unpack(tar, entry, entry.resolveIn(target));
      }
    }
  }

  private static void unpack(TarArchiveInputStream tar, TarArchiveEntry entry, Path path)
      throws IOException {
    if (entry.isDirectory()) {
      Files.createDirectories(path);
      return;
    }
    Files.createDirectories(path.resolveSibling("."));
    if (entry.isSymbolicLink()) {
      Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
    } else {
      Files.copy(tar, path);
      boolean program = (entry.getMode() & 0100) != 0;
      Files.setPosixFilePermissions(
          path, PosixFilePermissions.fromString(program ? "rwxr-xr-x" : "rw-r--r--"));
    }
  }
}
