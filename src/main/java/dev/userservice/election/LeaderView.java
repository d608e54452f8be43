package dev.userservice.election;

import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * The leader, as this process last saw it.
 *
 * @param leader the leader's name
 * @param epoch the number of its term
 * @param since when the term began, by the clock of the lock's store
 * @param lock {@code kubernetes} or {@code quorum}
 * @param self whether the answering process is the leader
 */
@Schema(
    description = "The process that leads",
    requiredProperties = {"leader", "epoch", "since", "lock", "self"})
public record LeaderView(
    String leader,
    long epoch,
    @Schema(implementation = String.class, format = "date-time", nullable = true)
        @Nullable Instant since,
    String lock,
    boolean self) {}
