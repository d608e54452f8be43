package dev.userservice.embedded.shard;

import dev.userservice.embedded.server.DataDirectory;

/** What a server may be started as, by the files in its data directory. */
enum DirectoryMark {
  /** As the primary. */
  PRIMARY,
  /** As a replica. */
  REPLICA,
  /** Not at all: another server may have been promoted in its place. */
  FENCED,
  /** Not at all: there are no data. */
  ABSENT;

  static DirectoryMark of(DataDirectory data) {
    if (data.isFenced()) {
      return FENCED;
    }
    if (data.isPrimary()) {
      return PRIMARY;
    }
    return data.isUsableReplica() ? REPLICA : ABSENT;
  }
}
