package dev.userservice.routing.hedge;

/**
 * When a read is hedged.
 *
 * @param enabled whether reads are hedged at all
 * @param budget hedged reads at most, as a share of all reads, 0 to 1
 * @param percentile a read is hedged when it takes longer than this share of reads, above 0 and up
 *     to 1
 * @param minimumDelayNanos a read is never hedged sooner than this after it was sent
 */
public record HedgeSettings(
    boolean enabled, double budget, double percentile, long minimumDelayNanos) {}
