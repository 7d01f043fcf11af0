package dev.pglambda.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.pglambda.function.FunctionFolder;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The permitted dependencies inside the local platform, and the names that it must not contain. */
class LocalPlatformArchitectureTest {

    private static final Path ROOT = Path.of("..");
    private static final Path FOLDER = ROOT.resolve("local/target/classes");
    private static final JavaClasses LOCAL = new ClassFileImporter().importPath(FOLDER);

    @Test
    void the_packages_have_no_cycles() {
        slices().matching("dev.pglambda.local.(**)").should().beFreeOfCycles().check(LOCAL);
    }

    @Test
    void no_class_is_in_a_package_of_another_project() {
        classes().should().resideInAPackage("dev.pglambda.local..").check(LOCAL);
    }

    @Test
    void lambdas_api_knows_nothing_of_how_functions_run() {
        noClasses()
                .that()
                .resideInAPackage("dev.pglambda.local.lambda.api")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "dev.pglambda.local.lambda.process",
                        "dev.pglambda.local.lambda.runtime",
                        "dev.pglambda.local.lambda.code",
                        "dev.pglambda.local.lambda.log")
                .check(LOCAL);
    }

    @Test
    void postgresql_and_secrets_manager_reach_lambda_by_its_api_only() {
        noClasses()
                .that()
                .resideInAnyPackage("dev.pglambda.local.postgres..", "dev.pglambda.local.secrets..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "dev.pglambda.local",
                        "dev.pglambda.local.lambda",
                        "dev.pglambda.local.lambda.process",
                        "dev.pglambda.local.lambda.runtime",
                        "dev.pglambda.local.lambda.code",
                        "dev.pglambda.local.lambda.log")
                .check(LOCAL);
    }

    @Test
    void the_description_of_a_function_depends_on_a_json_parser_only() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideOutsideOfPackages("dev.pglambda.function..", "java..", "com.fasterxml.jackson..")
                .check(new ClassFileImporter().importPath(ROOT.resolve("tooling/function/target/classes")));
    }

    /** The platform reads what it needs of a function from its function.json. */
    @Test
    void no_class_contains_the_name_of_a_shipped_function() throws IOException {
        List<Pattern> names = FunctionFolder.in(ROOT.resolve("handlers")).stream()
                .map(FunctionFolder::name)
                .map(LocalPlatformArchitectureTest::asIdentifier)
                .toList();
        assertThat(names).hasSizeGreaterThan(4);
        List<String> found = new ArrayList<>();
        try (Stream<Path> files = Files.walk(FOLDER)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".class")).toList()) {
                strings(file).stream()
                        .filter(text -> names.stream()
                                .anyMatch(name -> name.matcher(text).find()))
                        .forEach(text -> found.add(FOLDER.relativize(file) + ": " + text));
            }
        }
        assertThat(found).isEmpty();
    }

    @Test
    void a_name_is_distinguished_from_a_word() {
        for (String name :
                List.of("process", "select process_data('{}')", "pglambda_process", "pglambda/local/process")) {
            assertThat(asIdentifier("process").matcher(name).find()).as(name).isTrue();
        }
        assertThat(asIdentifier("process").matcher("the process of a function").find())
                .isFalse();
        assertThat(asIdentifier("monitor").matcher("grant pg_monitor to x").find())
                .isFalse();
    }

    /**
     * Function names such as "process" are also words, so a sentence may contain them. PostgreSQL has a role
     * pg_monitor.
     */
    private static Pattern asIdentifier(String name) {
        String before = "(?<!pg)_|['\"/:=.]";
        return Pattern.compile("^" + name + "$|(" + before + ")" + name + "\\b|\\b" + name + "[_'\"/:=]");
    }

    /** The string constants of a class file, as the class file format (JVMS 4.4) has them. */
    private static List<String> strings(Path classFile) throws IOException {
        Map<Integer, String> texts = new HashMap<>();
        List<Integer> constants = new ArrayList<>();
        try (DataInputStream in = new DataInputStream(Files.newInputStream(classFile))) {
            in.skipNBytes(8);
            int count = in.readUnsignedShort();
            for (int i = 1; i < count; i++) {
                int tag = in.readUnsignedByte();
                switch (tag) {
                    case 1 -> texts.put(i, in.readUTF());
                    case 8 -> constants.add(in.readUnsignedShort());
                    case 7, 16, 19, 20 -> in.skipNBytes(2);
                    case 15 -> in.skipNBytes(3);
                    case 5, 6 -> {
                        in.skipNBytes(8);
                        i++; // takes two places
                    }
                    default -> in.skipNBytes(4);
                }
            }
        }
        return constants.stream().map(texts::get).toList();
    }
}
