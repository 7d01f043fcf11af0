package dev.pglambda.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SqlFileTest {

    private static final Path SQL = Path.of("..", "sql");

    @Test
    void install_sql_names_every_numbered_file_in_its_order() throws IOException {
        try (Stream<Path> folder = Files.list(SQL)) {
            List<String> names = folder.map(file -> file.getFileName().toString())
                    .filter(name -> name.matches("\\d.*"))
                    .sorted()
                    .toList();
            assertThat(SqlFile.bundle()).extracting(SqlFile::name).isEqualTo(names);
        }
    }

    @Test
    void the_version_is_the_one_that_the_bundle_tells() {
        assertThat(SqlBundle.version()).matches("\\d+\\.\\d+\\.\\d+");
        assertThat(SqlFile.bundle())
                .filteredOn(file -> file.name().equals("110_version.sql"))
                .allSatisfy(file -> assertThat(file.text()).contains("select '" + SqlBundle.version() + "'"));
    }

    @Test
    void the_jar_carries_the_files_unchanged() throws IOException {
        for (SqlFile file : SqlFile.bundle()) {
            assertThat(file.text()).isEqualTo(Files.readString(SQL.resolve(file.name())));
        }
    }

    @Test
    void files_are_short_start_with_a_comment_and_hold_no_psql_commands() {
        for (SqlFile file : SqlFile.bundle()) {
            assertThat(file.text().lines()).as(file.name()).hasSizeLessThanOrEqualTo(60);
            assertThat(file.text()).as(file.name()).startsWith("-- ").doesNotContainPattern("(?m)^\\\\");
        }
    }

    @Test
    void the_hash_follows_names_contents_and_order() {
        SqlFile one = new SqlFile("1.sql", "select 1");
        SqlFile two = new SqlFile("2.sql", "select 2");
        assertThat(SqlBundle.hash()).matches("[0-9a-f]{64}").isEqualTo(SqlBundle.hash());
        assertThat(List.of(
                        SqlFile.hash(List.of(one, two)),
                        SqlFile.hash(List.of(two, one)),
                        SqlFile.hash(List.of(one)),
                        SqlFile.hash(List.of(new SqlFile("1.sql", "select 2"))),
                        SqlFile.hash(List.of(new SqlFile("3.sql", "select 1")))))
                .doesNotHaveDuplicates();
    }
}
