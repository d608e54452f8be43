/** Discovers the servers by the EndpointSlices of one Kubernetes Service per shard. */
@NullMarked
package dev.userservice.topology.kubernetes;

import org.jspecify.annotations.NullMarked;
