/**
 * Which server answers a read.
 *
 * <p>The terms, each with its type:
 *
 * <ul>
 *   <li>A <em>router</em> ({@link dev.userservice.routing.ReadRouter}) sends the reads of one shard
 *       to its servers; {@link dev.userservice.routing.ReadRouters} creates one for each shard.
 *   <li>A <em>requirement</em> ({@code ReadRequirement}) is what the requested consistency means on
 *       this shard: a log position, or a bound on staleness, that the server must satisfy.
 *   <li>A <em>target</em> ({@code ReadTarget}) is a server of the shard with what reads have
 *       measured of it. Its <em>candidate</em> is the part that strategies see, free of I/O and
 *       usable for HTTP peers too.
 *   <li><em>Eligibility</em> ({@code Eligibility}) decides for a requirement and a target whether
 *       the read may be sent there. Routing and {@link dev.userservice.routing.Explanation} both
 *       use it.
 *   <li>A <em>strategy</em> ({@link dev.userservice.routing.strategy.Strategy}) chooses one of the
 *       eligible targets. It takes no lock and allocates nothing.
 *   <li>A <em>pending read</em> ({@code PendingRead}) is one read until it is answered: its first
 *       target, other targets after failures, the primary when no replica is eligible, and a hedge.
 *   <li>{@link dev.userservice.routing.Served} is the answer, with the server that gave it.
 * </ul>
 *
 * <p>Nothing here blocks.
 */
@NullMarked
package dev.userservice.routing;

import org.jspecify.annotations.NullMarked;
