package dev.userservice.embedded;

import dev.userservice.datasource.Endpoint;
import java.nio.file.Path;
import java.util.OptionalLong;

/**
 * One server of the cluster as it was last known; a snapshot.
 *
 * @param shard the shard's number, from 0
 * @param name unique in the cluster, such as {@code shard-0-a}
 * @param endpoint where it listens, for as long as the cluster runs
 * @param primary whether it accepts writes; a replica follows the primary, or is being made to
 * @param pid the postmaster's process, empty while there is none
 * @param dataDirectory its files
 */
public record EmbeddedServer(
    int shard,
    String name,
    Endpoint endpoint,
    boolean primary,
    OptionalLong pid,
    Path dataDirectory) {}
