package dev.pglambda.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pglambda.local.postgres.LocalPostgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code bin/verify-deployment} against the local platform, which has seven of its ten checks. */
class VerifyDeploymentTest {

    @TempDir
    static Path directory;

    private static LocalPlatform platform;

    @BeforeAll
    static void start() {
        platform = LocalPlatform.start(PlatformSettings.quiet(Path.of("../handlers")));
    }

    @AfterAll
    static void stop() {
        platform.close();
    }

    @Test
    void a_platform_that_works_passes_and_keeps_no_trace() throws Exception {
        Command verified = verify(LocalPostgres.DATABASE);
        assertThat(verified.out())
                .contains("7 of 10 are right, 0 failed, 3 could not be checked")
                .contains("2 logins: monitor, process");
        assertThat(verified.exitCode()).isZero();
        try (Connection master = platform.postgres().connectAsMaster(LocalPostgres.DATABASE);
                Statement statement = master.createStatement();
                ResultSet row = statement.executeQuery("select (select count(*) from pglambda.processed_items)"
                        + " + (select count(*) from pglambda.outbox)")) {
            row.next();
            assertThat(row.getInt(1)).isZero();
        }
    }

    @Test
    void what_fails_is_told_with_its_words() throws Exception {
        Command verified = verify("template1");
        assertThat(verified.exitCode()).isEqualTo(1);
        assertThat(verified.out())
                .contains("5 of 10 are right, 2 failed, 3 could not be checked")
                .containsPattern("failed +the database calls a function +.*transform_data");
    }

    @Test
    void an_option_that_is_unknown_is_told() throws Exception {
        Command verified = Command.run(directory, script(), "--stage", "x");
        assertThat(verified.exitCode()).isEqualTo(2);
        assertThat(verified.err()).contains("--stage is unknown: the options are --stack, --psql and --local");
    }

    private static Command verify(String database) throws Exception {
        String uri = platform.postgres().masterUri(database);
        return Command.run(
                directory,
                List.of(script(), "--local", platform.endpoint().toString(), "--psql", uri)
                        .toArray(String[]::new));
    }

    private static String script() {
        return Path.of("../bin/verify-deployment").toAbsolutePath().normalize().toString();
    }
}
