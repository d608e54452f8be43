/**
 * What every resource shares: problem details (RFC 9457), strict JSON, the bound on request bodies.
 *
 * <p>A feature's exception extends {@link dev.userservice.http.ProblemException} and so owns its
 * status; one mapper turns all of them, and the framework's own, into {@code
 * application/problem+json}. A caller's mistake is logged at DEBUG only. Nothing here knows a
 * feature, and everything is thread-safe.
 */
@NullMarked
package dev.userservice.http;

import org.jspecify.annotations.NullMarked;
