/** The client of the Kubernetes API, shared by all parts. Thread-safe. */
@NullMarked
package dev.userservice.kubernetes;

import org.jspecify.annotations.NullMarked;
