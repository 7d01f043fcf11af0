package dev.pglambda.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.pglambda.bundle.InstallScript.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class InstallScriptTest {

    private static final Path SQL = Path.of("..", "sql");
    private static final int MAX_LINES = 150;
    private static final int MAX_FILES_IN_A_FOLDER = 15;

    @Test
    void install_sql_names_every_file_of_a_folder_once() throws IOException {
        assertThat(files())
                .extracting(SqlFile::name)
                .doesNotHaveDuplicates()
                .containsExactlyInAnyOrderElementsOf(namesInFolders());
    }

    @Test
    void library_follows_every_line_of_install_sql() {
        assertThat(InstallScript.unknownLines()).isEmpty();
        assertThat(files().get(0).name()).isEqualTo("schema/begin.sql");
    }

    @Test
    void only_steps_wrappers_and_the_end_are_conditional() {
        assertThat(InstallScript.installation().steps())
                .filteredOn(step -> step.condition().isPresent())
                .extracting(step -> step.file().name(), step -> step.condition().orElseThrow())
                .containsExactly(
                        tuple("schema/registry.sql", isNewStep("'registry'")),
                        tuple("schema/outbox.sql", isNewStep("'outbox'")),
                        tuple("schema/private_tables.sql", isNewStep("'private_tables'")),
                        tuple("wrappers/processed_items.sql", isNewStep("'processed_items', 'process'")),
                        tuple("wrappers/process.sql", wants("process")),
                        tuple("wrappers/transform.sql", wants("transform")),
                        tuple("wrappers/validate.sql", wants("validate")),
                        tuple("schema/unchanged.sql", "select current_setting('pglambda.unchanged') = 'yes'"));
    }

    @Test
    void version_is_the_one_in_the_bundle() {
        assertThat(SqlBundle.version()).matches("\\d+\\.\\d+\\.\\d+");
        assertThat(files())
                .filteredOn(file -> file.text().contains("set local pglambda.version = '" + SqlBundle.version() + "';"))
                .singleElement();
    }

    @Test
    void jar_has_the_files_unchanged() throws IOException {
        for (SqlFile file : files()) {
            assertThat(file.text()).isEqualTo(Files.readString(SQL.resolve(file.name())));
        }
    }

    @Test
    void files_are_short_begin_with_a_comment_and_hold_no_psql_commands() {
        for (SqlFile file : files()) {
            assertThat(file.text().lines()).as(file.name()).hasSizeLessThanOrEqualTo(MAX_LINES);
            assertThat(file.text()).as(file.name()).startsWith("-- ").doesNotContainPattern("(?m)^\\\\");
        }
    }

    /** psql reads files in the client's encoding. ASCII is the same in all of them. */
    @Test
    void files_are_ascii() throws IOException {
        try (Stream<Path> all = Files.walk(SQL)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                assertThat(Files.readString(file)).as(file.toString()).matches("\\A\\p{ASCII}*\\z");
            }
        }
    }

    @Test
    void folders_are_small() throws IOException {
        try (Stream<Path> folders = Files.walk(SQL)) {
            for (Path folder : folders.filter(Files::isDirectory).toList()) {
                try (Stream<Path> files = Files.list(folder)) {
                    assertThat(files.filter(Files::isRegularFile))
                            .as(folder.toString())
                            .hasSizeLessThanOrEqualTo(MAX_FILES_IN_A_FOLDER);
                }
            }
        }
    }

    @Test
    void hash_changes_with_names_contents_conditions_and_order() {
        Step one = Step.of(new SqlFile("1.sql", "select 1"));
        Step two = Step.of(new SqlFile("2.sql", "select 2"));
        assertThat(SqlBundle.hash()).matches("[0-9a-f]{64}").isEqualTo(SqlBundle.hash());
        Set<String> hashes = new HashSet<>();
        List<List<Step>> scripts = List.of(
                List.of(one, two),
                List.of(two, one),
                List.of(one),
                List.of(Step.of(new SqlFile("1.sql", "select 2"))),
                List.of(Step.of(new SqlFile("3.sql", "select 1"))),
                List.of(new Step(one.file(), Optional.of("select true"))));
        scripts.forEach(steps -> hashes.add(new InstallScript(steps).hash()));
        assertThat(hashes).hasSameSizeAs(scripts);
    }

    private static List<SqlFile> files() {
        return InstallScript.installation().steps().stream().map(Step::file).toList();
    }

    private static List<String> namesInFolders() throws IOException {
        try (Stream<Path> all = Files.walk(SQL)) {
            return all.filter(Files::isRegularFile)
                    .map(file -> SQL.relativize(file).toString().replace('\\', '/'))
                    .filter(name -> name.contains("/"))
                    .toList();
        }
    }

    private static String isNewStep(String arguments) {
        return "select pglambda_private.is_new_step(" + arguments + ")";
    }

    private static String wants(String function) {
        return "select pglambda_private.wants_wrappers('" + function + "')";
    }
}
