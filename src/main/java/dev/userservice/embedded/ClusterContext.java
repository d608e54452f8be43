package dev.userservice.embedded;

import dev.userservice.datasource.Credentials;
import dev.userservice.time.Ticker;

/** What all shards of a cluster share. */
record ClusterContext(
    EmbeddedSettings settings,
    ClusterDirectory directory,
    PostgresPrograms programs,
    Credentials credentials,
    Patience patience,
    Ticker ticker) {}
