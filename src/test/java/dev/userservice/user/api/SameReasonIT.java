package dev.userservice.user.api;

import dev.userservice.executable.ClusterBeside;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import org.junit.jupiter.api.Tag;

/** The same of the native executable. */
@Tag("executable")
@QuarkusIntegrationTest
@WithTestResource(ClusterBeside.class)
final class SameReasonIT extends SameReasonTest {}
