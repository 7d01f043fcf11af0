package dev.pglambda.infra;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The stack reads the results of the build from disk, and imports only the description of functions. Needs no Node. */
class StackArchitectureTest {

    @Test
    void the_stack_depends_on_cdk_and_the_description_of_functions_only() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideOutsideOfPackages(
                        "dev.pglambda.infra..",
                        "dev.pglambda.function..",
                        "java..",
                        "software.amazon.awscdk..",
                        "software.amazon.jsii..",
                        "software.constructs..",
                        "io.github.cdklabs.cdknag..")
                .check(new ClassFileImporter().importPath(Path.of("target/classes")));
    }

    @Test
    void the_packages_have_no_cycles() {
        slices().matching("dev.pglambda.infra.(*)..")
                .should()
                .beFreeOfCycles()
                .check(new ClassFileImporter().importPath(Path.of("target/classes")));
        noClasses()
                .that()
                .resideInAnyPackage(
                        "dev.pglambda.infra.network",
                        "dev.pglambda.infra.database",
                        "dev.pglambda.infra.server",
                        "dev.pglambda.infra.function",
                        "dev.pglambda.infra.operations")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.pglambda.infra")
                .check(new ClassFileImporter().importPath(Path.of("target/classes")));
    }
}
