/** What all parts that speak with the Kubernetes API share. Thread-safe throughout. */
@NullMarked
package dev.userservice.kubernetes;

import org.jspecify.annotations.NullMarked;
