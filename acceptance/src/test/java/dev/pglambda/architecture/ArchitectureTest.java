package dev.pglambda.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The permitted dependencies between the parts. */
class ArchitectureTest {

    private static final Path ROOT = Path.of("..");

    /** The library of a language, which one function uses and no other. */
    private static final Map<String, String> LANGUAGES =
            Map.of("transform", "com.dashjoin.jsonata..", "validate", "dev.harrel.jsonschema..");

    private static final JavaClasses LIBRARY = classesIn("target/src/classes");
    private static final JavaClasses LOCAL = classesIn("local/target/classes");

    @Test
    void the_call_contract_knows_neither_databases_nor_aws_clients_nor_the_bundle() {
        noClasses()
                .that()
                .resideInAPackage("dev.pglambda.handler..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "dev.pglambda.database..",
                        "dev.pglambda.bundle..",
                        "java.sql..",
                        "javax.sql..",
                        "org.postgresql..",
                        "com.zaxxer..",
                        "software.amazon..")
                .check(LIBRARY);
    }

    @Test
    void the_librarys_packages_have_no_cycles() {
        slices().matching("dev.pglambda.(*)..").should().beFreeOfCycles().check(LIBRARY);
    }

    @Test
    void authors_of_handlers_import_nothing_that_needs_the_machinery() {
        noClasses()
                .that()
                .resideInAPackage("dev.pglambda.handler..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.pglambda.lambda..", "dev.pglambda.call..", "dev.pglambda.binding..")
                .check(LIBRARY);
    }

    @Test
    void no_class_is_in_a_package_of_another_project() throws IOException {
        List<Path> folders =
                new ArrayList<>(List.of(ROOT.resolve("target/src/classes"), ROOT.resolve("target/logging/classes")));
        handlers().forEach(handler -> folders.add(handler.resolve("target/classes")));
        folders.add(ROOT.resolve("infra/target/classes"));
        folders.add(ROOT.resolve("tooling/function/target/classes"));
        for (Path folder : folders) {
            classes().should().resideInAPackage("dev.pglambda..").check(classesIn(folder));
        }
    }

    @Test
    void the_bundle_needs_jdbc_and_the_errors_of_its_driver_only() {
        noClasses()
                .that()
                .resideInAPackage("dev.pglambda.bundle..")
                .should()
                .dependOnClassesThat()
                .resideOutsideOfPackages("dev.pglambda.bundle..", "java..", "javax.sql..", "org.postgresql.util..")
                .check(LIBRARY);
    }

    @Test
    void the_library_knows_neither_the_local_platform_nor_a_handler() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.pglambda.local..", "dev.pglambda.process..", "dev.pglambda.transform..")
                .orShould()
                .dependOnClassesThat()
                .resideInAPackage("dev.pglambda.validate..")
                .check(LIBRARY);
    }

    @Test
    void the_local_platform_knows_no_handler() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.pglambda.process..", "dev.pglambda.transform..", "dev.pglambda.validate..")
                .check(LOCAL);
    }

    @Test
    void local_lambda_knows_nothing_of_postgresql() {
        noClasses()
                .that()
                .resideInAPackage("dev.pglambda.local.lambda..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.sql..", "org.postgresql..", "dev.pglambda.local.postgres..")
                .check(LOCAL);
    }

    @ParameterizedTest
    @MethodSource("handlers")
    void a_handler_knows_the_library_and_no_other_handler(Path handler) {
        String name = handler.getFileName().toString();
        String own = "dev.pglambda." + name + "..";
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideOutsideOfPackages(
                        own,
                        LANGUAGES.getOrDefault(name, own),
                        "dev.pglambda.handler..",
                        "dev.pglambda.program..",
                        "dev.pglambda.json..",
                        "dev.pglambda.database..",
                        "dev.pglambda.bundle..",
                        "java..",
                        "javax.sql..",
                        "jakarta..",
                        "io.micronaut..",
                        "com.fasterxml.jackson.annotation..",
                        "com.amazonaws.services.lambda.runtime..",
                        "org.slf4j..")
                .check(classesIn(handler.resolve("target/classes")));
    }

    @Test
    void every_package_has_a_description() throws IOException {
        try (Stream<Path> files = Files.walk(ROOT)) {
            List<Path> silent = files.filter(file -> file.toString().matches(".*/main/java/dev/.*\\.java"))
                    .map(Path::getParent)
                    .distinct()
                    .filter(folder -> !folder.toString().contains("/bench/"))
                    .filter(folder -> !Files.exists(folder.resolve("package-info.java")))
                    .toList();
            assertThat(silent).isEmpty();
        }
    }

    static List<Path> handlers() throws IOException {
        try (Stream<Path> folders = Files.list(ROOT.resolve("handlers"))) {
            return folders.filter(folder -> Files.exists(folder.resolve("function.json")))
                    .sorted()
                    .toList();
        }
    }

    private static JavaClasses classesIn(String folder) {
        return classesIn(ROOT.resolve(folder));
    }

    private static JavaClasses classesIn(Path folder) {
        JavaClasses classes = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_JARS)
                .importPath(folder);
        assertThat(classes).as("classes in " + folder).isNotEmpty();
        return classes;
    }
}
