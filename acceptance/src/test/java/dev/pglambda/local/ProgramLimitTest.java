package dev.pglambda.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pglambda.local.postgres.LocalPostgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.util.PSQLException;

/** Programs of callers that do not end, in time or in memory, on real processes of the shipped size and time-out. */
class ProgramLimitTest {

    /** The platform's default, which is also the functions' time-out; and what a busy machine may add. */
    private static final Duration CALL_TIME = Duration.ofMillis(10_000 + 500);

    private static LocalPlatform platform;

    private Connection app;

    @BeforeAll
    static void start() throws SQLException, java.io.IOException {
        platform = LocalPlatform.start(PlatformSettings.quiet(Path.of("../handlers")));
    }

    @AfterAll
    static void stop() {
        platform.close();
    }

    @BeforeEach
    void connect() throws SQLException {
        app = platform.postgres().connectAsApp(LocalPostgres.DATABASE);
    }

    @AfterEach
    void disconnect() throws SQLException {
        app.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "$eval(\"'\" & $pad(\"a\", 9999990, \"a\") & \"'\")",
                "$contains($pad(\"a\", 10000000, \"a\"), $pad(\"a\", 5000000, \"a\") & \"b\")",
                "($f := function($n) {$f($n + 1)}; $f(0))",
                "$match(\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!\", /.*a.*a.*a.*a.*a.*a.*a.*a.*a.*a.*a.*a.*a.*ab/)",
                "$count([1..10000000].{\"a\": $})",
                "[1..10000000].([1..10000000])",
                "$map([1..10000000], function($v) {{\"a\": $v, \"b\": \"x\" & $v}})",
                "($f := function($x) {$f($append($x, $x))}; $f([1, 2]))",
                "($f := function($x) {$f($append($x, {\"a\": $string($count($x))}))}; $f([1, 2]))",
            })
    void an_expression_that_does_not_end_raises_54000_and_leaves_nothing_behind(String expression) throws SQLException {
        assertThat(value("select transform_data('1', '$ + 1')")).isEqualTo("2");
        assertLimit("the expression", "select transform_data('1', ?)", expression);
        assertThat(value("select transform_data('1', '$ + 1')")).isEqualTo("2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{\"pattern\": \"(.*a){25}b\"}", "{\"not\": {\"patternProperties\": {\"(.*a){25}b\": true}}}"})
    void a_schema_that_does_not_end_raises_54000_and_leaves_nothing_behind(String schema) throws SQLException {
        assertThat(value("select is_valid('1', '{}')")).isEqualTo("t");
        String text = "\"" + "a".repeat(60) + "!\"";
        assertLimit(
                "checking the schema",
                "select is_valid('" + (schema.contains("Properties") ? "{" + text + ": 1}" : text) + "', ?::jsonb)",
                schema);
        assertThat(value("select is_valid('1', '{}')")).isEqualTo("t");
    }

    /** With what a session of AWS waits by default. */
    @Test
    void one_item_of_a_thousand_that_does_not_end_fails_no_other() throws SQLException {
        assertThat(value("select transform_data('1', '$ + 1')")).isEqualTo("2");
        app.createStatement().execute("set aws_lambda.request_timeout_ms = 3000");
        long start = System.nanoTime();
        assertThat(value("""
                        select string_agg(coalesce(result::text, error ->> 'sqlstate'), ' ' order by ordinality)
                          from transform_data_batch(
                                   (select array_agg(to_jsonb(i) order by i) from generate_series(1, 1000) i),
                                   '$ = 500 ? ($f := function($n) {$f($n + 1)}; $f(0)) : $')
                         where result is null or result = to_jsonb(1000)""")).isEqualTo("54000 1000");
        System.out.printf("one of a thousand: %d ms%n", (System.nanoTime() - start) / 1_000_000);
    }

    private void assertLimit(String program, String sql, String argument) {
        Set<Long> before = functionProcesses();
        long start = System.nanoTime();
        assertThatThrownBy(() -> value(sql, argument)).isInstanceOfSatisfying(PSQLException.class, e -> {
            assertThat(e.getSQLState()).as(e.getMessage()).isEqualTo("54000");
            assertThat(e.getServerErrorMessage().getMessage())
                    .matches(program + " (did not end within [0-9]+ ms|takes more memory than the function has)");
            assertThat(e.getServerErrorMessage().getHint()).contains("more time");
        });
        Duration taken = Duration.ofNanos(System.nanoTime() - start);
        System.out.printf("%s: %d ms%n", argument, taken.toMillis());
        assertThat(taken).isLessThan(CALL_TIME);
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> functionProcesses().size() < before.size());
    }

    private static Set<Long> functionProcesses() {
        return ProcessHandle.current()
                .descendants()
                .filter(process -> process.info().commandLine().orElse("").contains("RuntimeLauncher"))
                .map(ProcessHandle::pid)
                .collect(Collectors.toSet());
    }

    private String value(String sql, String... arguments) throws SQLException {
        try (PreparedStatement statement = app.prepareStatement(sql)) {
            for (int i = 0; i < arguments.length; i++) {
                statement.setString(i + 1, arguments[i]);
            }
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getString(1);
            }
        }
    }
}
