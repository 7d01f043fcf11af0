package dev.pglambda.zips;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pglambda.local.LocalPlatform;
import dev.pglambda.local.PlatformSettings;
import dev.pglambda.local.lambda.code.ZipFunction;
import dev.pglambda.local.lambda.runtime.Jvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
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
    void zip_has_no_mistakes(ZipFunction function) throws IOException {
        assertThat(ZipVerifier.read(function)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("functions")
    void zip_answers_under_the_runtime_client(ZipFunction function) throws Exception {
        List<Jvm> jvms = Stream.concat(Stream.of(Jvm.running()), jdk25().stream())
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
    void every_jar_is_in_the_sbom_of_its_zip(ZipFunction function) throws IOException {
        for (Path zip : Stream.concat(Stream.of(function.zip()), function.layers().stream())
                .toList()) {
            String sbom = Files.readString(
                    zip.resolveSibling(zip.getFileName().toString().replaceFirst("zip$", "cdx.json")));
            assertThat(sbom).contains(ZipVerifier.librariesOf(zip));
        }
    }

    @ParameterizedTest
    @MethodSource("functions")
    void only_the_function_that_uses_a_language_has_its_library(ZipFunction function) throws IOException {
        List<String> libraries = ZipVerifier.librariesOf(function.zip());
        String name = function.name();
        assertThat(libraries.stream().anyMatch(library -> library.startsWith("jsonata@")))
                .isEqualTo(name.equals("transform"));
        for (String library : List.of("json-schema@", "jmail@")) {
            assertThat(libraries.stream().anyMatch(each -> each.startsWith(library)))
                    .as(library)
                    .isEqualTo(name.equals("validate"));
        }
        assertThat(libraries).noneMatch(library -> library.matches("(jackson-databind|gson|snakeyaml)@.*"));
    }

    /** In {@code JAVA25_HOME}, or where Debian and Temurin install it. */
    private static Optional<Jvm> jdk25() throws IOException {
        String home = System.getenv("JAVA25_HOME");
        if (home != null) {
            return Optional.of(Jvm.at(Path.of(home)));
        }
        Path usual = Path.of("/usr/lib/jvm");
        if (!Files.isDirectory(usual)) {
            return Optional.empty();
        }
        try (Stream<Path> homes = Files.list(usual)) {
            return homes.filter(folder -> folder.getFileName().toString().matches(".*\\b25\\b.*"))
                    .filter(folder -> Files.isExecutable(folder.resolve("bin/java")))
                    .map(Jvm::at)
                    .findFirst();
        }
    }
}
