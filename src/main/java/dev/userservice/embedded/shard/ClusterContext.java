package dev.userservice.embedded.shard;

import dev.userservice.datasource.Credentials;
import dev.userservice.embedded.EmbeddedSettings;
import dev.userservice.embedded.server.ClusterDirectory;
import dev.userservice.embedded.server.Patience;
import dev.userservice.embedded.server.PostgresPrograms;
import dev.userservice.time.Ticker;

/** What all shards of a cluster share. */
public record ClusterContext(
    EmbeddedSettings settings,
    ClusterDirectory directory,
    PostgresPrograms programs,
    Credentials credentials,
    Patience patience,
    Ticker ticker) {}
