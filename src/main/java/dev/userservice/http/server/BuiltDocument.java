package dev.userservice.http.server;

import io.quarkus.smallrye.openapi.runtime.OpenApiConstants;
import io.quarkus.smallrye.openapi.runtime.OpenApiDocumentService;
import io.smallrye.openapi.runtime.io.Format;
import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The OpenAPI document as it was built, read when it is asked for. Quarkus reads it at each start,
 * makes a model of it and writes that again in both formats, which takes time and changes nothing:
 * no filter runs after the build. It finds nothing to read here. Thread-safe.
 */
@Singleton
@Alternative
@Priority(1)
final class BuiltDocument extends OpenApiDocumentService {

  BuiltDocument() {
    leaveNothingToPrepare();
  }

  private static void leaveNothingToPrepare() {
    OpenApiConstants.classLoader = new WithoutDocument();
  }

  @Override
  public byte[] getDocument(String name, Format format) {
    String resource = OpenApiConstants.BASE_NAME + "." + format.name();
    ClassLoader loader = Thread.currentThread().getContextClassLoader();
    try (InputStream document = loader.getResourceAsStream(resource)) {
      return Objects.requireNonNull(document, resource).readAllBytes();
    } catch (IOException inMemory) {
      throw new UncheckedIOException(inMemory);
    }
  }

  /** Finds no resource, also in the executable, where all loaders share them. */
  private static final class WithoutDocument extends ClassLoader {

    WithoutDocument() {
      super(null);
    }

    @Override
    public @Nullable InputStream getResourceAsStream(String name) {
      return null;
    }
  }
}
