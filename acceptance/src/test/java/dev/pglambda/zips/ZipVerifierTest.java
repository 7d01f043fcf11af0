package dev.pglambda.zips;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pglambda.function.FunctionDescription;
import dev.pglambda.local.lambda.code.ZipFunction;
import dev.pglambda.local.lambda.runtime.Jvm;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The verification: a zip that is broken on purpose does not pass. */
class ZipVerifierTest {

    @TempDir
    Path directory;

    ZipFunction whole;

    @BeforeEach
    void find() throws IOException {
        whole = ShippedZips.transform();
    }

    @Test
    void a_class_that_is_missing_is_found_by_starting_it() throws Exception {
        ZipFunction broken = withJar("pglambda-0", jar -> Files.delete(jar.resolve("dev/pglambda/call/Replies.class")));

        assertThat(ZipVerifier.boot(broken, Jvm.running(), ShippedZips.example(whole), directory.resolve("run")))
                .singleElement()
                .asString()
                .contains("dev/pglambda/call/Replies");
    }

    @Test
    void a_duplicate_jar_is_found() throws IOException {
        ZipFunction broken = changed(zip -> Files.copy(jar(zip, "jackson-core-"), zip.resolve("lib/again.jar")));

        assertThat(ZipVerifier.read(broken)).anyMatch(mistake -> mistake.contains("JsonFactory.class is in"));
    }

    @Test
    void a_wrong_handler_is_found() throws IOException {
        ZipFunction broken = new ZipFunction(
                FunctionDescription.of(whole.name(), "dev.pglambda.transform.Transfrom"),
                whole.zip(),
                List.of(),
                Map.of());

        assertThat(ZipVerifier.read(broken))
                .containsExactly("the handler dev.pglambda.transform.Transfrom is in no jar");
    }

    @Test
    void a_zip_that_has_grown_is_found() throws IOException {
        byte[] noise = new byte[5_000_000];
        new Random(1).nextBytes(noise); // noise cannot be compressed
        ZipFunction broken = withJar("transform-0.1.0.jar", jar -> Files.write(jar.resolve("noise"), noise));

        assertThat(ZipVerifier.read(broken)).singleElement().asString().contains("more than 7000000");
    }

    @Test
    void what_must_not_ship_is_found() throws IOException {
        ZipFunction broken = withJar("transform-0.1.0.jar", jar -> {
            Files.createFile(Files.createDirectories(jar.resolve("io/netty")).resolve("Channel.txt"));
            Files.createFile(Files.createDirectory(jar.resolve("win")).resolve("native.dll"));
            Files.write(jar.resolve("New.class"), new byte[] {0, 0, 0, 0, 0, 0, 0, 69});
        });

        assertThat(ZipVerifier.read(broken))
                .hasSize(3)
                .anyMatch(mistake -> mistake.contains("io/netty"))
                .anyMatch(mistake -> mistake.contains("native.dll"))
                .anyMatch(mistake -> mistake.contains("newer than 17"));
    }

    @Test
    void what_is_in_no_jar_is_found() throws IOException {
        ZipFunction broken = changed(zip -> Files.write(zip.resolve("Loose.class"), new byte[8]));

        assertThat(ZipVerifier.read(broken)).singleElement().asString().contains("Loose.class");
    }

    /** Works in the root of an archive. */
    @FunctionalInterface
    private interface Change {
        void in(Path root) throws IOException;
    }

    private ZipFunction withJar(String start, Change change) throws IOException {
        return changed(zip -> {
            Path jar = jar(zip, start);
            Path copy = Files.copy(jar, directory.resolve("changed.jar"));
            change(copy, change);
            Files.copy(copy, jar, StandardCopyOption.REPLACE_EXISTING);
        });
    }

    private ZipFunction changed(Change change) throws IOException {
        Path zip = Files.copy(whole.zip(), directory.resolve("changed.zip"));
        change(zip, change);
        return new ZipFunction(whole.description(), zip, List.of(), Map.of());
    }

    private static void change(Path archive, Change change) throws IOException {
        try (FileSystem files = FileSystems.newFileSystem(archive)) {
            change.in(files.getPath("/"));
        }
    }

    private static Path jar(Path zip, String start) throws IOException {
        try (DirectoryStream<Path> jars = Files.newDirectoryStream(zip.resolve("lib"), start + "*")) {
            return jars.iterator().next();
        }
    }
}
