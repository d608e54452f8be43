package dev.userservice.embedded;

import dev.userservice.datasource.Endpoint;
import java.nio.file.Path;
import java.util.OptionalLong;

/**
 * The state of one server of the cluster; a snapshot.
 *
 * @param shard the shard's number, from 0
 * @param name unique in the cluster, such as {@code shard-0-a}
 * @param endpoint the address, which does not change while the cluster runs
 * @param primary whether it accepts writes; otherwise it follows the primary, or is being made to
 * @param pid the postmaster's process, empty if it does not run
 * @param dataDirectory its files
 */
public record EmbeddedServer(
    int shard,
    String name,
    Endpoint endpoint,
    boolean primary,
    OptionalLong pid,
    Path dataDirectory) {}
