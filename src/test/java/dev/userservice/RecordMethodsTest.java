package dev.userservice;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/**
 * Java generates the methods of a record when they are first called, as a chain of method handles
 * (JEP 395). In a native executable such a chain is interpreted: one comparison of positions took a
 * seventh of the time of a read.
 */
@AnalyzeClasses(
    packages = ArchitectureTest.ROOT,
    importOptions = ImportOption.DoNotIncludeTests.class)
final class RecordMethodsTest {

  private static final Set<String> GENERATED = Set.of("equals", "hashCode");
  private static final String GENERATOR = "java/lang/runtime/ObjectMethods";

  @ArchTest
  static void recordsThatARequestComparesWriteTheirMethodsOut(JavaClasses all) {
    noClasses()
        .that()
        .resideInAnyPackage(
            "dev.userservice.user.api..",
            "dev.userservice.sharding..",
            "dev.userservice.routing..",
            "dev.userservice.replication..",
            "dev.userservice.consistency..",
            "dev.userservice.wal..",
            "dev.userservice.datasource..")
        .should()
        .callMethodWhere(
            new DescribedPredicate<>("a generated method of a record is called") {
              @Override
              public boolean test(JavaMethodCall call) {
                return GENERATED.contains(call.getName())
                    && call.getTargetOwner().isRecord()
                    && isGenerated(call.getTargetOwner());
              }
            })
        .check(all);
  }

  private static boolean isGenerated(JavaClass type) {
    String file = "/" + type.getName().replace('.', '/') + ".class";
    try (InputStream bytes = RecordMethodsTest.class.getResourceAsStream(file)) {
      return bytes != null
          && new String(bytes.readAllBytes(), StandardCharsets.ISO_8859_1).contains(GENERATOR);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
