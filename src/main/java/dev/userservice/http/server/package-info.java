/**
 * What the HTTP server does before it is known which resource a request is for, and to every
 * response: problem details for what cannot be decoded or routed, the header Date, cross-origin
 * requests, and connections that end with the process.
 *
 * <p>All of it is installed in Vert.x's router or in its connections while the service starts.
 * Nothing here knows a feature, and everything is thread-safe.
 */
@NullMarked
package dev.userservice.http.server;

import org.jspecify.annotations.NullMarked;
