package dev.pglambda.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.pglambda.bundle.kit.BundleServer;
import dev.pglambda.bundle.kit.Sql;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The error and the effects of a script that fails. In this package, because the script is not the shipped one. */
class FailedInstallationTest {

    private BundleServer database;
    private Sql master;

    @BeforeEach
    void connect() {
        database = BundleServer.empty();
        master = database.as("master");
    }

    @AfterEach
    void disconnect() {
        database.drop();
    }

    @Test
    void failing_file_is_named_and_everything_rolled_back() {
        String wrong = "-- fine\nselect 1;\n\ncreate table pglambda.t (\n    a nonsense\n);";
        BundleException failure =
                failure(new InstallScript.Step(new SqlFile("call/wrong.sql", wrong), Optional.of("select true")));
        assertThat(failure)
                .hasMessageContaining("sql/call/wrong.sql, line 5: ERROR: type \"nonsense\" does not exist")
                .hasMessageContaining("in: create table pglambda.t (");
        assertThat(failure.sqlState()).isEqualTo("42704");
        assertThat(master.values(
                        "select nspname::text from pg_namespace where nspname ~ '^pglambda' or nspname = 'aws_lambda'"))
                .isEmpty();
        assertThatCode(() -> SqlBundle.install(master.connection())).doesNotThrowAnyException();
    }

    @Test
    void failing_condition_is_named() {
        SqlFile file = new SqlFile("call/never.sql", "create table pglambda.never (a integer)");
        BundleException failure = failure(new InstallScript.Step(file, Optional.of("select pglambda.no_such()")));
        assertThat(failure)
                .hasMessageContaining("sql/install.sql: ERROR: function pglambda.no_such() does not exist")
                .hasMessageContaining("in: select pglambda.no_such()");
        assertThat(failure.sqlState()).isEqualTo("42883");
    }

    @Test
    void lost_connection_is_the_reported_error() {
        String wrong = "-- the end\nselect pg_terminate_backend(pg_backend_pid());";
        BundleException failure = failure(new InstallScript.Step(new SqlFile("call/end.sql", wrong), Optional.empty()));
        assertThat(failure).hasMessageContaining("sql/call/end.sql, line 2: FATAL: terminating connection");
        assertThat(failure.sqlState()).isEqualTo("57P01");
    }

    @Test
    void file_whose_condition_is_false_is_left_out() {
        SqlFile file = new SqlFile("call/never.sql", "create table pglambda.never (a integer)");
        run(new InstallScript.Step(file, Optional.of("select false")));
        assertThat(master.value("select (to_regclass('pglambda.never') is null)::text"))
                .isEqualTo("true");
    }

    private BundleException failure(InstallScript.Step last) {
        return catchThrowableOfType(BundleException.class, () -> run(last));
    }

    private void run(InstallScript.Step last) {
        List<InstallScript.Step> steps =
                new ArrayList<>(InstallScript.installation().steps());
        steps.add(last);
        new Installation(master.connection(), InstallSettings.DEFAULTS)
                .run(new InstallScript(steps), SqlBundle.Completion.NOTHING);
    }
}
