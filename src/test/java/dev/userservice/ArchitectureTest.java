package dev.userservice;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.Architectures;

/** Holds the direction of imports that the design lays down. */
@AnalyzeClasses(packages = "dev.userservice", importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {

  @ArchTest
  static final ArchRule importsPointOneWay =
      Architectures.layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .layer("start")
          .definedBy("dev.userservice.start..")
          .layer("user")
          .definedBy("dev.userservice.user..")
          .layer("sharding")
          .definedBy("dev.userservice.sharding..")
          .layer("routing")
          .definedBy("dev.userservice.routing..")
          .layer("election")
          .definedBy("dev.userservice.election..")
          .layer("replication")
          .definedBy("dev.userservice.replication..")
          .layer("datasource")
          .definedBy("dev.userservice.datasource..")
          .layer("embedded")
          .definedBy("dev.userservice.embedded..")
          .layer("kubernetes")
          .definedBy("dev.userservice.kubernetes..")
          .layer("http")
          .definedBy("dev.userservice.http..")
          .layer("time")
          .definedBy("dev.userservice.time..")
          .whereLayer("start")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("user")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("embedded")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("sharding")
          .mayOnlyBeAccessedByLayers("user", "start")
          .whereLayer("routing")
          .mayOnlyBeAccessedByLayers("sharding", "user")
          .whereLayer("election")
          .mayOnlyBeAccessedByLayers("sharding", "user", "start")
          .whereLayer("replication")
          .mayOnlyBeAccessedByLayers("election", "routing", "sharding", "user", "embedded", "start")
          .whereLayer("kubernetes")
          .mayNotAccessAnyLayer()
          .whereLayer("http")
          .mayNotAccessAnyLayer()
          .whereLayer("time")
          .mayNotAccessAnyLayer();

  @ArchTest
  static final ArchRule dataSourceKnowsNoFeature =
      noClasses()
          .that()
          .resideInAPackage("..datasource..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("..replication..", "..routing..", "..sharding..", "..user..");

  @ArchTest
  static final ArchRule electionKnowsNoFeature =
      noClasses()
          .that()
          .resideInAPackage("..election..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("..routing..", "..sharding..", "..user..");

  @ArchTest
  static final ArchRule everythingIsInANamedPart =
      classes()
          .should()
          .resideInAnyPackage(
              "dev.userservice.start..",
              "dev.userservice.user..",
              "dev.userservice.sharding..",
              "dev.userservice.routing..",
              "dev.userservice.replication..",
              "dev.userservice.datasource..",
              "dev.userservice.election..",
              "dev.userservice.embedded..",
              "dev.userservice.http..",
              "dev.userservice.kubernetes..",
              "dev.userservice.time..",
              "dev.userservice.consistency..",
              "dev.userservice.wal..",
              "dev.userservice.topology..",
              "dev.userservice.leader..");

  @ArchTest
  static final ArchRule timeIsInjected =
      noClasses()
          .that()
          .resideOutsideOfPackages("..time..", "..embedded..")
          .should()
          .callMethod(System.class, "nanoTime")
          .orShould()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(Thread.class, "sleep", long.class);
}
