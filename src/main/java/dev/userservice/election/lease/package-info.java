/** The lock as a Lease of the Kubernetes API. */
@NullMarked
package dev.userservice.election.lease;

import org.jspecify.annotations.NullMarked;
