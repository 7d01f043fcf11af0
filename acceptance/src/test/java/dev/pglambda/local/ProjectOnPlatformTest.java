package dev.pglambda.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pglambda.function.FunctionDescription;
import dev.pglambda.function.FunctionFolder;
import dev.pglambda.local.postgres.LocalPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a project brings along: its own tables, the signatures of its functions, and changes of them. */
class ProjectOnPlatformTest {

    private static final Path HANDLERS = Path.of("../handlers").toAbsolutePath().normalize();
    private static final Path LAYER = HANDLERS.resolveSibling("target/src/database-layer.zip");

    @TempDir
    static Path project;

    static LocalPlatform platform;

    @BeforeAll
    static void start() throws IOException {
        Path init = Files.createDirectory(project.resolve("init"));
        Files.writeString(init.resolve("2.sql"), "grant select on stock to process, app");
        Files.writeString(init.resolve("1.sql"), "create table stock (n int); insert into stock values (7)");
        Files.writeString(init.resolve("notes.txt"), "no SQL");
        platform =
                LocalPlatform.start(PlatformSettings.quiet(functions("shout(value text) returns jsonb"), LAYER, init));
    }

    @AfterAll
    static void stop() {
        platform.close();
    }

    @Test
    void scripts_run_by_name_when_the_users_of_the_functions_are_there() throws SQLException {
        assertThat(app("select n from stock")).isEqualTo("7");
        assertThat(app("select has_table_privilege('process', 'stock', 'select')"))
                .isEqualTo("t");
    }

    @Test
    void signatures_change_while_the_platform_runs_and_the_tables_stay() throws SQLException, IOException {
        assertThat(app("select shout('a') #>> '{transformedData,uppercase}'")).isEqualTo("A");
        platform.update(functions("cry(value text) returns jsonb"));
        assertThat(app("select cry('b') #>> '{transformedData,uppercase}'")).isEqualTo("B");
        assertThat(app("select cry_async('c') > 0")).isEqualTo("t");
        assertThat(app("select count(*) from pg_proc where proname like 'shout%'"))
                .isEqualTo("0");
        assertThat(app("select n from stock")).isEqualTo("7");
        platform.update(functions("shout(value text) returns jsonb"));
        assertThat(app("select shout('d') #>> '{transformedData,uppercase}'")).isEqualTo("D");
    }

    @Test
    void another_set_of_functions_takes_a_new_start() throws IOException {
        List<FunctionFolder> fewer = functions("shout(value text) returns jsonb").stream()
                .filter(function -> !function.name().equals("process"))
                .toList();
        assertThatThrownBy(() -> platform.update(fewer))
                .isInstanceOf(PlatformException.class)
                .hasMessageContaining("end the platform and start it again");
    }

    @Test
    void script_that_fails_is_named(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("broken.sql"), "create tabel t ()");
        assertThatThrownBy(() -> InitScripts.run(
                        folder, platform.postgres(), line -> assertThat(line).contains("scripts")))
                .isInstanceOf(PlatformException.class)
                .hasMessageContaining("broken.sql")
                .hasMessageContaining("syntax error at or near \"tabel\"");
    }

    /** Those of this checkout; the function transform with a typed wrapper. */
    private static List<FunctionFolder> functions(String signature) throws IOException {
        FunctionFolder transform = FunctionFolder.of(HANDLERS.resolve("transform"));
        Path file = project.resolve("function.json");
        Files.writeString(file, """
                {"name": "transform", "description": "", "memoryMb": 512, "timeoutSeconds": 10, "database": false,
                 "sql": ["%s"]}""".formatted(signature));
        return List.of(
                FunctionFolder.of(HANDLERS.resolve("setup")),
                FunctionFolder.of(HANDLERS.resolve("process")),
                new FunctionFolder(FunctionDescription.read(file), transform.zip()));
    }

    private static String app(String sql) throws SQLException {
        try (Connection app = platform.postgres().connectAsApp(LocalPostgres.DATABASE);
                Statement statement = app.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }
}
