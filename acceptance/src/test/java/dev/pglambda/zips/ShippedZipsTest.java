package dev.pglambda.zips;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pglambda.local.LocalPlatform;
import dev.pglambda.local.PlatformSettings;
import dev.pglambda.local.lambda.Jvm;
import dev.pglambda.local.lambda.ZipFunction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is shipped is what runs: every zip with its layer, read and then started, on this JDK and on 25 if there is one. */
class ShippedZipsTest {

    /** For the database and the secrets that some functions need; it also runs setup, and so finds an empty registry. */
    static LocalPlatform platform;

    @TempDir
    Path directory;

    @BeforeAll
    static void start() {
        platform = LocalPlatform.start(PlatformSettings.quiet(ShippedZips.HANDLERS));
    }

    @AfterAll
    static void stop() {
        platform.close();
    }

    static List<ZipFunction> functions() {
        return platform.functions();
    }

    @ParameterizedTest
    @MethodSource("functions")
    void zip_is_in_order(ZipFunction function) throws IOException {
        assertThat(ZipVerifier.read(function)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("functions")
    void zip_answers_under_the_runtime_client(ZipFunction function) throws Exception {
        List<Jvm> jvms = Stream.concat(Stream.of(Jvm.running()), Jvm.installed(25).stream())
                .distinct()
                .toList();
        for (Jvm jvm : jvms) {
            Path fresh = directory.resolve("jdk" + jvm.feature());
            assertThat(ZipVerifier.boot(function, jvm, ShippedZips.example(function), fresh))
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("functions")
    void every_jar_is_in_the_sbom_beside_its_zip(ZipFunction function) throws IOException {
        for (Path zip : Stream.concat(Stream.of(function.zip()), function.layers().stream())
                .toList()) {
            String sbom = Files.readString(
                    zip.resolveSibling(zip.getFileName().toString().replaceFirst("zip$", "cdx.json")));
            assertThat(sbom).contains(ZipVerifier.librariesOf(zip));
        }
    }

    @ParameterizedTest
    @MethodSource("functions")
    void only_the_function_that_speaks_a_language_carries_its_library(ZipFunction function) throws IOException {
        List<String> libraries = ZipVerifier.librariesOf(function.zip());
        String name = function.definition().name();
        assertThat(libraries.stream().anyMatch(library -> library.startsWith("jsonata@")))
                .isEqualTo(name.equals("transform"));
        for (String library : List.of("json-schema@", "jmail@")) {
            assertThat(libraries.stream().anyMatch(each -> each.startsWith(library)))
                    .as(library)
                    .isEqualTo(name.equals("validate"));
        }
        assertThat(libraries).noneMatch(library -> library.matches("(jackson-databind|gson|snakeyaml)@.*"));
    }
}
