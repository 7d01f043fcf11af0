package dev.pglambda.infra;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The stack reads what the build makes, from disk, and imports nothing of ours. Needs no Node. */
class ArchitectureTest {

    @Test
    void the_stack_knows_cdk_and_no_other_module() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideOutsideOfPackages(
                        "dev.pglambda.infra..",
                        "java..",
                        "software.amazon.awscdk..",
                        "software.amazon.jsii..",
                        "software.constructs..",
                        "io.github.cdklabs.cdknag..",
                        "com.fasterxml.jackson..")
                .check(new ClassFileImporter().importPath(Path.of("target/classes")));
    }
}
