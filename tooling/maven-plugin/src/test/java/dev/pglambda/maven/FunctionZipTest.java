package dev.pglambda.maven;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FunctionZipTest {

    @TempDir
    Path directory;

    Path classes;

    @BeforeEach
    void compile() throws IOException {
        classes = Files.createDirectories(directory.resolve("classes/META-INF/micronaut"));
        Files.writeString(classes.resolve("bean"), "b");
        classes = directory.resolve("classes");
    }

    @Test
    void same_content_gives_the_same_bytes_whenever_it_is_written() throws IOException {
        byte[] first = written("first.zip");
        Files.setLastModifiedTime(
                classes.resolve("META-INF/micronaut/bean"), FileTime.from(Instant.parse("2001-02-03T04:05:06Z")));
        assertThat(written("second.zip")).isEqualTo(first);
    }

    @Test
    void zip_whose_content_stays_the_same_is_left_as_it_is() throws IOException {
        written("f.zip");
        FileTime old = FileTime.from(Instant.parse("2001-02-03T04:05:06Z"));
        Files.setLastModifiedTime(directory.resolve("f.zip"), old);
        written("f.zip");
        assertThat(Files.getLastModifiedTime(directory.resolve("f.zip"))).isEqualTo(old);
        Files.writeString(classes.resolve("META-INF/micronaut/bean"), "c");
        written("f.zip");
        assertThat(Files.getLastModifiedTime(directory.resolve("f.zip"))).isNotEqualTo(old);
    }

    @Test
    void jars_are_in_lib_and_a_folder_of_classes_becomes_a_jar_with_its_folders() throws IOException {
        written("f.zip");
        try (ZipFile zip = new ZipFile(directory.resolve("f.zip").toFile())) {
            assertThat(zip.stream().map(Object::toString)).containsExactly("lib/f.jar");
            try (ZipInputStream jar = new ZipInputStream(zip.getInputStream(zip.getEntry("lib/f.jar")))) {
                assertThat(jar.getNextEntry().getName()).isEqualTo("META-INF/");
                assertThat(jar.getNextEntry().getName()).isEqualTo("META-INF/micronaut/");
                assertThat(jar.getNextEntry().getName()).isEqualTo("META-INF/micronaut/bean");
                assertThat(jar.readAllBytes()).containsExactly('b');
                assertThat(jar.getNextEntry()).isNull();
            }
        }
    }

    private byte[] written(String name) throws IOException {
        Path zip = directory.resolve(name);
        FunctionZip.write(zip, List.of(new Library("f.jar", classes)));
        return Files.readAllBytes(zip);
    }
}
