package org.psij.architecture;

import static com.tngtech.archunit.lang.conditions.ArchConditions.beFinal;
import static com.tngtech.archunit.lang.conditions.ArchConditions.beStatic;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The arrows between the modules, and rules that hold for all of them. */
@AnalyzeClasses(packages = "org.psij", importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {
  private static final String[] API = {"org.psij", "org.psij.spi", "org.psij.serialize"};
  private static final String[] LANGUAGE = {"java..", "javax..", "org.jspecify.annotations"};

  private static String[] and(String[]... packages) {
    return java.util.Arrays.stream(packages)
        .flatMap(java.util.Arrays::stream)
        .toArray(String[]::new);
  }

  @ArchTest
  static final ArchRule apiIsLight =
      classes()
          .that()
          .resideInAnyPackage(API)
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              and(
                  API,
                  LANGUAGE,
                  new String[] {
                    "com.fasterxml.jackson..",
                    "io.github.classgraph..",
                    "org.apache.maven.artifact..",
                    "org.slf4j.."
                  }));

  @ArchTest
  static final ArchRule launchersKnowOnlyTheApi =
      classes()
          .that()
          .resideInAPackage("org.psij.launchers..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              and(API, LANGUAGE, new String[] {"org.psij.launchers..", "org.slf4j.."}));

  @ArchTest
  static final ArchRule executorsKnowOnlyTheApi =
      classes()
          .that()
          .resideInAPackage("org.psij.executors..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              and(
                  API,
                  LANGUAGE,
                  new String[] {
                    "org.psij.executors..", "com.samskivert.mustache..", "org.slf4j.."
                  }));

  @ArchTest
  static final ArchRule testkitKnowsOnlyTheApi =
      classes()
          .that()
          .resideInAPackage("org.psij.testkit..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              and(
                  API,
                  LANGUAGE,
                  new String[] {"org.psij.testkit..", "org.junit..", "org.opentest4j.."}));

  @ArchTest
  static final ArchRule nobodyDependsOnTheCommandLine =
      noClasses()
          .that()
          .resideOutsideOfPackage("org.psij.cli..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.psij.cli..");

  @ArchTest
  static final ArchRule publicFieldsAreConstants =
      fields().that().arePublic().should(beStatic()).andShould(beFinal());

  @ArchTest
  static final ArchRule staticFieldsAreFinal =
      fields().that().areStatic().and().doNotHaveName("$assertionsDisabled").should(beFinal());
}
