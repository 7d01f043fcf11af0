package dev.pglambda.infra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pglambda.function.FunctionFolder;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The artifacts of this project. Needs no Node. */
class ArtifactsTest {

    private final Artifacts artifacts = Artifacts.of(Path.of(".."));

    @Test
    void the_zips_of_this_project_are_found() {
        assertThat(artifacts.functions())
                .extracting(FunctionFolder::name)
                .contains("monitor", "process", "setup", "transform", "validate");
        assertThat(artifacts.functions())
                .allSatisfy(function -> assertThat(function.zip()).isNotEmptyFile());
        assertThat(artifacts.databaseLayer()).isNotEmptyFile();
    }

    @Test
    void the_installer_is_marked_in_function_json_and_sql_calls_neither_it_nor_the_monitor() {
        assertThat(artifacts.installer().name()).isEqualTo("setup");
        assertThat(artifacts.callable()).extracting(FunctionFolder::name).doesNotContain("monitor", "setup");
    }

    @Test
    void a_project_without_an_installer_or_a_monitor_is_refused() {
        Artifacts none = new Artifacts(List.of(), Path.of("layer.zip"));
        assertThatThrownBy(none::installer).hasMessageContaining("\"installer\": true");
        assertThatThrownBy(none::monitor).hasMessageContaining("must be a function monitor");
    }
}
