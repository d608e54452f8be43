package dev.userservice.embedded.server;

import dev.userservice.datasource.Credentials;
import dev.userservice.datasource.Endpoint;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The directory of a cluster: files of the cluster itself, and one data directory and log per
 * server.
 */
public record ClusterDirectory(Path path) {

  private static final String NAME = "users";

  public static ClusterDirectory create(Path path) throws IOException {
    FileTree.createPrivateDirectory(path);
    return new ClusterDirectory(path);
  }

  /**
   * Holds the directory for this process until the lock is closed or the process ends.
   *
   * @throws EmbeddedClusterException if another process holds it
   */
  public Closeable lock() throws IOException {
    return DirectoryLock.acquire(path);
  }

  /** The superuser and the database. The password is generated once. */
  public Credentials credentials() throws IOException {
    if (Files.notExists(passwordFile())) {
      byte[] random = new byte[24];
      new SecureRandom().nextBytes(random);
      DurableFile.write(
          passwordFile(), Base64.getUrlEncoder().withoutPadding().encodeToString(random));
    }
    return new Credentials(NAME, NAME, Files.readString(passwordFile()).strip());
  }

  public Path passwordFile() {
    return path.resolve("password");
  }

  public Path passFile() {
    return path.resolve("pgpass");
  }

  /** Writes the password file for the replicas and for a developer's psql. */
  public void writePassFile(Collection<Endpoint> endpoints, Credentials credentials)
      throws IOException {
    DurableFile.write(
        passFile(),
        endpoints.stream()
            .map(to -> to + ":*:" + credentials.username() + ":" + credentials.password() + "\n")
            .collect(Collectors.joining()));
  }

  public DataDirectory data(String server) {
    return new DataDirectory(path.resolve(server));
  }

  Path log(String server) {
    return path.resolve(server + ".log");
  }

  /** The names of all servers that have a data directory here. */
  public List<String> knownServers() throws IOException {
    try (Stream<Path> entries = Files.list(path)) {
      return entries
          .map(entry -> entry.getFileName().toString())
          .filter(name -> name.matches("shard-\\d+-[a-i]"))
          .sorted()
          .toList();
    }
  }
}
