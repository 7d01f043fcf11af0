package dev.pglambda.zips;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pglambda.local.lambda.FunctionDefinition;
import dev.pglambda.local.lambda.Jvm;
import dev.pglambda.local.lambda.ZipFunction;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The verification itself: a zip that is broken on purpose does not pass. */
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
        ZipFunction broken = withJar("pglambda-", files -> files.remove("dev/pglambda/handler/Replies.class"));

        assertThat(ZipVerifier.boot(broken, Jvm.running(), ShippedZips.example(whole), directory.resolve("run")))
                .singleElement()
                .asString()
                .contains("dev/pglambda/handler/Replies");
    }

    @Test
    void a_listed_class_that_is_missing_is_found_by_reading() throws IOException {
        ZipFunction broken = withJar(
                "micronaut-serde-jackson-",
                files -> files.remove("io/micronaut/serde/jackson/$JacksonJsonMapper$Definition.class"));

        assertThat(ZipVerifier.read(broken)).singleElement().asString().contains("JacksonJsonMapper", "in no jar");
    }

    @Test
    void a_jar_that_is_there_twice_is_found() throws IOException {
        ZipFunction broken = changed(zip -> zip.put("lib/again.jar", zip.get(nameOf(zip, "jackson-core-"))));

        assertThat(ZipVerifier.read(broken)).anyMatch(mistake -> mistake.contains("JsonFactory.class is in"));
    }

    @Test
    void a_wrong_handler_is_found() throws IOException {
        FunctionDefinition right = whole.definition();
        ZipFunction broken = new ZipFunction(
                new FunctionDefinition(right.name(), "dev.pglambda.transform.Transfrom", "", 512, 10, false),
                whole.zip(),
                List.of(),
                Map.of());

        assertThat(ZipVerifier.read(broken))
                .containsExactly("the handler dev.pglambda.transform.Transfrom is in no jar");
    }

    @Test
    void a_zip_that_has_grown_is_found() throws IOException {
        byte[] noise = new byte[5_000_000];
        new Random(1).nextBytes(noise); // what cannot be compressed
        ZipFunction broken = withJar("transform-0.1.0.jar", files -> files.put("noise", noise));

        assertThat(ZipVerifier.read(broken)).singleElement().asString().contains("more than 7000000");
    }

    @Test
    void what_must_not_ship_is_found() throws IOException {
        ZipFunction broken = withJar("transform-0.1.0.jar", files -> {
            files.put("io/netty/Channel.txt", new byte[0]);
            files.put("win/native.dll", new byte[0]);
            files.put("New.class", new byte[] {0, 0, 0, 0, 0, 0, 0, 69});
        });

        assertThat(ZipVerifier.read(broken))
                .hasSize(3)
                .anyMatch(mistake -> mistake.contains("io/netty"))
                .anyMatch(mistake -> mistake.contains("native.dll"))
                .anyMatch(mistake -> mistake.contains("newer than 17"));
    }

    @Test
    void what_is_in_no_jar_is_found() throws IOException {
        ZipFunction broken = changed(zip -> zip.put("Loose.class", new byte[8]));

        assertThat(ZipVerifier.read(broken)).singleElement().asString().contains("Loose.class");
    }

    private ZipFunction withJar(String start, Consumer<Map<String, byte[]>> change) throws IOException {
        return changed(zip -> {
            String jar = nameOf(zip, start);
            Map<String, byte[]> files = Jar.entries(zip.get(jar), new ArrayList<>(), jar);
            change.accept(files);
            zip.put(jar, archive(files));
        });
    }

    private static String nameOf(Map<String, byte[]> zip, String start) {
        return zip.keySet().stream()
                .filter(name -> name.startsWith("lib/" + start))
                .findFirst()
                .orElseThrow();
    }

    private ZipFunction changed(Consumer<Map<String, byte[]>> change) throws IOException {
        Map<String, byte[]> files =
                new LinkedHashMap<>(Jar.entries(Files.readAllBytes(whole.zip()), new ArrayList<>(), "zip"));
        change.accept(files);
        Path zip = Files.write(directory.resolve("changed.zip"), archive(files));
        return new ZipFunction(whole.definition(), zip, List.of(), Map.of());
    }

    private static byte[] archive(Map<String, byte[]> files) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                zip.putNextEntry(new ZipEntry(file.getKey()));
                zip.write(file.getValue());
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return bytes.toByteArray();
    }
}
