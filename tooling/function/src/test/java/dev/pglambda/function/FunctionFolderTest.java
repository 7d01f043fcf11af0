package dev.pglambda.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FunctionFolderTest {

    @TempDir
    Path directory;

    @Test
    void all_functions_are_found_in_the_order_of_their_folders() throws IOException {
        folder("b", "one");
        folder("a", "two");
        Files.createDirectory(directory.resolve("no-function"));
        assertThat(FunctionFolder.in(directory))
                .extracting(folder -> folder.description().name())
                .containsExactly("two", "one");
        assertThat(FunctionFolder.of(directory.resolve("b")).zip()).isEqualTo(directory.resolve("b/target/one.zip"));
    }

    @Test
    void a_zip_that_is_not_built_is_named_with_how_to_build_it() throws IOException {
        Path folder = folder("a", "one");
        Files.delete(folder.resolve("target/one.zip"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FunctionFolder.in(directory))
                .withMessageContainingAll("one.zip", "./mvnw -DskipTests package");
    }

    @Test
    void two_functions_of_one_name_are_refused() throws IOException {
        folder("a", "same");
        folder("b", "same");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FunctionFolder.in(directory))
                .withMessageContainingAll("another function has the name same", "b");
    }

    private Path folder(String folder, String name) throws IOException {
        Path target = Files.createDirectories(directory.resolve(folder).resolve("target"));
        Files.writeString(target.resolve(name + ".zip"), "zip");
        Files.writeString(
                target.resolveSibling("function.json"),
                "{\"name\": \"" + name
                        + "\", \"description\": \"\", \"memoryMb\": 512, \"timeoutSeconds\": 3, \"database\": false}");
        return target.getParent();
    }
}
