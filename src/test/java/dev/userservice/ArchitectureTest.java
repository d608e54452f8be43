package dev.userservice;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.sql.Connection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Holds the structure that docs/architecture.md describes: parts import one way, nothing is in a
 * cycle, and every package is small and says what it is.
 */
@AnalyzeClasses(
    packages = ArchitectureTest.ROOT,
    importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {

  static final String ROOT = "dev.userservice";

  private static final int MOST_TYPES = 20;

  /** Small parts that every part may import. */
  private static final List<String> FOUNDATIONS = List.of("background", "http", "label", "time");

  /** Every other part, and the parts next below it; it may import what is further below, too. */
  private static final Map<String, List<String>> BELOW =
      Map.ofEntries(
          Map.entry("start", List.of("user", "election")),
          Map.entry("user", List.of("sharding")),
          Map.entry("sharding", List.of("routing", "leader")),
          Map.entry("routing", List.of("replication")),
          Map.entry("election", List.of("leader", "kubernetes")),
          Map.entry("leader", List.of("replication")),
          Map.entry("replication", List.of("consistency", "topology")),
          Map.entry("consistency", List.of("wal")),
          Map.entry("topology", List.of("datasource", "kubernetes")),
          Map.entry("embedded", List.of("topology")),
          Map.entry("datasource", List.of()),
          Map.entry("kubernetes", List.of()),
          Map.entry("wal", List.of()));

  /** Each top-level type with the types nested in it. */
  private static final SliceAssignment TYPES =
      new SliceAssignment() {
        @Override
        public SliceIdentifier getIdentifierOf(JavaClass type) {
          return SliceIdentifier.of(outermost(type).getName());
        }

        @Override
        public String getDescription() {
          return "top-level types";
        }
      };

  @ArchTest
  static void partsImportOneWay(JavaClasses all) {
    BELOW.keySet().forEach(part -> onlyImportsBelow(part).check(all));
    FOUNDATIONS.forEach(part -> onlyImportsBelow(part).check(all));
  }

  private static ArchRule onlyImportsBelow(String part) {
    String[] packages =
        Stream.concat(withBelow(part), FOUNDATIONS.stream())
            .map(ArchitectureTest::within)
            .toArray(String[]::new);
    return noClasses()
        .that(resideInAPackage(within(part)))
        .should()
        .dependOnClassesThat(resideInAPackage(ROOT + "..").and(resideOutsideOfPackages(packages)));
  }

  private static Stream<String> withBelow(String part) {
    return Stream.concat(
        Stream.of(part),
        BELOW.getOrDefault(part, List.of()).stream().flatMap(ArchitectureTest::withBelow));
  }

  @ArchTest
  static final ArchRule everyTypeIsInANamedPart =
      classes()
          .should()
          .resideInAnyPackage(
              Stream.concat(BELOW.keySet().stream(), FOUNDATIONS.stream())
                  .map(ArchitectureTest::within)
                  .toArray(String[]::new));

  @ArchTest
  static final ArchRule partsAreFreeOfCycles =
      slices().matching(ROOT + ".(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule packagesAreFreeOfCycles =
      slices().matching(ROOT + ".(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule typesAreFreeOfCycles =
      slices().assignedFrom(TYPES).should().beFreeOfCycles();

  @ArchTest
  static void packagesAreSmall(JavaClasses all) {
    Map<String, List<String>> types =
        all.stream()
            .filter(type -> type.isTopLevelClass() && !isPackageInfo(type))
            .collect(
                Collectors.groupingBy(
                    JavaClass::getPackageName,
                    TreeMap::new,
                    Collectors.mapping(JavaClass::getSimpleName, Collectors.toList())));
    assertThat(types).isNotEmpty();
    types.forEach(
        (name, inside) -> assertThat(inside).as(name).hasSizeLessThanOrEqualTo(MOST_TYPES));
  }

  @ArchTest
  static void packagesSayWhatTheyAre(JavaClasses all) {
    for (JavaClass type : all) {
      JavaPackage home = type.getPackage();
      assertThat(home.tryGetPackageInfo()).as(home.getName() + ".package-info").isPresent();
    }
  }

  @ArchTest
  static final ArchRule timeIsInjected =
      noClasses()
          .that(resideOutsideOfPackages("..time..", "..embedded.."))
          .should()
          .callMethod(System.class, "nanoTime")
          .orShould()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(Thread.class, "sleep", long.class);

  // A commit may succeed with a warning, which means that no replica has confirmed it.
  @ArchTest
  static final ArchRule commitsAreConfirmed =
      noClasses()
          .that(resideOutsideOfPackages("..embedded.."))
          .and()
          .doNotHaveSimpleName("ConfirmedTransactions")
          .should()
          .callMethod(Connection.class, "commit");

  private static String within(String part) {
    return ROOT + "." + part + "..";
  }

  private static JavaClass outermost(JavaClass type) {
    return type.getEnclosingClass().map(ArchitectureTest::outermost).orElse(type);
  }

  private static boolean isPackageInfo(JavaClass type) {
    return type.getSimpleName().equals("package-info");
  }
}
