package dev.pglambda.infra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is read from disk. Needs no Node. */
class FunctionFolderTest {

    private static final String COMPLETE = """
            {"name": "f", "handler": "a.B", "description": "Does.", "memoryMb": 512, "timeoutSeconds": 3, "database": false}""";

    @TempDir
    Path directory;

    @Test
    void folder_is_read_as_it_is() throws IOException {
        assertThat(FunctionFolder.of(folder(COMPLETE)))
                .isEqualTo(new FunctionFolder(
                        "f", "a.B", "Does.", 512, 3, false, true, directory.resolve("f/target/f.zip")));
    }

    @Test
    void the_zips_of_this_project_are_where_the_stack_looks_for_them() {
        List<FunctionFolder> functions = Artifacts.of(Path.of("..")).functions();
        assertThat(functions)
                .extracting(FunctionFolder::name)
                .contains("monitor", "process", "setup", "transform", "validate");
        assertThat(functions).allSatisfy(function -> assertThat(function.zip()).isNotEmptyFile());
        assertThat(Artifacts.of(Path.of("..")).databaseLayer()).isNotEmptyFile();
    }

    @Test
    void sql_may_call_what_does_not_say_otherwise() throws IOException {
        assertThat(FunctionFolder.of(folder(COMPLETE.replace("}", ", \"callable\": false}")))
                        .callable())
                .isFalse();
        assertThat(Artifacts.of(Path.of("..")).callable())
                .extracting(FunctionFolder::name)
                .doesNotContain("monitor", "setup");
    }

    @ParameterizedTest
    @ValueSource(strings = {"name", "handler", "memoryMb", "timeoutSeconds", "database"})
    void what_is_missing_is_told_with_the_file(String member) throws IOException {
        Path folder = folder(COMPLETE.replace("\"" + member + "\"", "\"other\""));
        assertThatThrownBy(() -> FunctionFolder.of(folder))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("function.json lacks " + member);
    }

    @Test
    void a_zip_that_is_not_built_is_told_with_how_to_build_it() throws IOException {
        Path folder = folder(COMPLETE);
        Files.delete(folder.resolve("target/f.zip"));
        assertThatThrownBy(() -> FunctionFolder.of(folder)).hasMessageContaining("./mvnw -DskipTests package");
    }

    @Test
    void json_that_is_none_is_told_with_the_file() throws IOException {
        Path folder = folder("{");
        assertThatThrownBy(() -> FunctionFolder.of(folder)).hasMessageContaining("function.json is not readable JSON");
    }

    private Path folder(String json) throws IOException {
        Path folder = Files.createDirectories(directory.resolve("f"));
        Files.writeString(folder.resolve("function.json"), json);
        Files.createDirectories(folder.resolve("target"));
        Files.writeString(folder.resolve("target/f.zip"), "zip");
        return folder;
    }
}
