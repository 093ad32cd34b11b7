package org.psij.architecture;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.conditions.ArchConditions.beFinal;
import static com.tngtech.archunit.lang.conditions.ArchConditions.beStatic;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.stream.Stream;

/** The arrows between the modules, and rules that hold for all of them. */
@AnalyzeClasses(packages = "org.psij", importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {
  private static final List<String> API = List.of("org.psij", "org.psij.spi", "org.psij.serialize");
  private static final List<String> LANGUAGE = List.of("java..", "org.jspecify.annotations");

  /** Classes of some packages depend on one another, on the language, and on what else is named. */
  private static ArchRule onlyKnow(List<String> own, List<String> others) {
    String[] known = Stream.of(own, LANGUAGE, others).flatMap(List::stream).toArray(String[]::new);
    return classes()
        .that()
        .resideInAnyPackage(own.toArray(new String[0]))
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(known);
  }

  private static List<String> apiAnd(String... others) {
    return Stream.concat(API.stream(), Stream.of(others)).toList();
  }

  @ArchTest
  static final ArchRule apiIsLight =
      onlyKnow(
          API,
          List.of(
              "com.fasterxml.jackson..",
              "io.github.classgraph..",
              "org.apache.maven.artifact..",
              "org.slf4j.."));

  @ArchTest
  static final ArchRule launchersKnowOnlyTheApi =
      onlyKnow(List.of("org.psij.launchers.."), apiAnd("org.slf4j.."));

  @ArchTest
  static final ArchRule executorsKnowOnlyTheApi =
      onlyKnow(
          List.of("org.psij.executors.."),
          apiAnd("com.samskivert.mustache..", "javax.xml.stream..", "org.slf4j.."));

  @ArchTest
  static final ArchRule testkitKnowsOnlyTheApi =
      onlyKnow(List.of("org.psij.testkit.."), apiAnd("org.junit..", "org.opentest4j.."));

  @ArchTest
  static final ArchRule nobodyDependsOnTheCommandLine =
      noClasses()
          .that()
          .resideOutsideOfPackage("org.psij.cli..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.psij.cli..");

  @ArchTest
  static final ArchRule onlyTheRegistryLoadsClassesByName =
      noClasses()
          .that()
          .haveNameNotMatching("org\\.psij\\.Plugin(Registry|ClassLoader|Path)?")
          .should()
          .callMethodWhere(target(owner(assignableTo(Class.class))).and(target(name("forName"))))
          .orShould()
          .callMethodWhere(target(owner(assignableTo(ClassLoader.class))))
          .orShould()
          .callCodeUnitWhere(
              target(owner(assignableTo(ClassLoader.class))).and(target(name("<init>"))));

  @ArchTest
  static final ArchRule nothingStrangersWriteBecomesCode =
      noClasses()
          .should()
          .dependOnClassesThat()
          .haveNameMatching("java\\.io\\.Object(In|Out)put.*|java\\.beans\\.XML.*")
          .orShould()
          .dependOnClassesThat()
          .resideInAnyPackage("javax.script..", "java.rmi..", "javax.naming..")
          .orShould()
          .dependOnClassesThat()
          .haveNameMatching(".*\\.(JsonTypeInfo|PolymorphicTypeValidator|TypeResolverBuilder).*");

  @ArchTest
  static final ArchRule publicFieldsAreConstants =
      fields().that().arePublic().should(beStatic()).andShould(beFinal());

  @ArchTest
  static final ArchRule staticFieldsAreFinal =
      fields().that().areStatic().and().doNotHaveName("$assertionsDisabled").should(beFinal());
}
