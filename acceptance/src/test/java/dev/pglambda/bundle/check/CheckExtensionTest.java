package dev.pglambda.bundle.check;

import static dev.pglambda.bundle.kit.BundleServer.LAMBDA;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pglambda.bundle.kit.Sql;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows of pglambda.check about aws_lambda, its rights and its settings. */
class CheckExtensionTest extends CheckFixture {

    @Test
    void dropped_extension_is_created_with_its_rights() {
        master.execute("drop extension aws_lambda, aws_commons");
        assertThat(failing())
                .contains(
                        "extension aws_commons",
                        "extension aws_lambda",
                        "rights of pglambda_owner",
                        "function process");
        repair("extension aws_lambda", "not installed");
        assertThat(failing()).doesNotContain("extension aws_commons").contains("function process");
        repair("rights of pglambda_owner", "it may not use function aws_lambda.invoke, schema aws_lambda");
        assertThat(failing()).isEmpty();
    }

    @Test
    void hint_of_a_function_restores_the_extension_and_its_rights() {
        master.execute("drop extension aws_lambda, aws_commons");
        repair("function process", "schema \"aws_lambda\" does not exist");
        assertThat(failing()).isEmpty();
    }

    @Test
    void older_extension_is_updated() throws IOException {
        try (Sql superuser = database.asSuperuser()) {
            Path update = Path.of(superuser.value("select setting from pg_config() where name = 'SHAREDIR'"))
                    .resolve("extension/aws_lambda--0.1--1.0.sql");
            Files.writeString(update, "");
            try {
                superuser.execute("update pg_extension set extversion = '0.1' where extname = 'aws_lambda'");
                repair("extension aws_lambda", "version 0.1, and the server has 1.0");
            } finally {
                Files.delete(update);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "usage on schema aws_lambda",
                "execute on function aws_lambda.invoke(text, json, text, text, text, json, varchar)"
            })
    void right_that_pglambda_owner_lost_is_granted_again(String right) {
        master.execute("revoke " + right + " from pglambda_owner");
        repair("rights of pglambda_owner", "it may not use ");
        assertThat(failing()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "aws_lambda.request_timeout_ms, '', 'the cold start of a JVM'",
        "aws_lambda.request_timeout_ms, 3000, 'the cold start of a JVM'",
        "aws_lambda.request_timeout_ms, soon, 'soon, so a call may take 3000 ms'",
        "aws_lambda.connect_timeout_ms, 0, '0, and it has to be'",
        "aws_lambda.connect_timeout_ms, 20000, 'the time that a call may take, 10000'",
        "aws_lambda.connect_timeout_ms, 1h, '1h, and it has to be'"
    })
    void setting_that_does_not_fit_is_set_in_the_parameter_group(String name, String value, String detail) {
        setting(name, value);
        repair(name, detail);
        assertThat(failing()).isEmpty();
    }

    /** A server that declares the settings may show them with a unit. */
    @ParameterizedTest
    @CsvSource({"8s, 8000 ms", "9000ms, 9000 ms", "1min, 60000 ms", "4000, 4000 ms"})
    void setting_with_a_unit_is_read(String value, String detail) {
        setting("aws_lambda.request_timeout_ms", value);
        assertThat(finding("aws_lambda.request_timeout_ms"))
                .isEqualTo(new Finding("aws_lambda.request_timeout_ms", true, detail, null));
    }

    @Test
    void settings_of_session_and_transaction_are_restored() {
        try (Sql operator = database.as("operator")) {
            for (String payload : List.of("well", "refused")) {
                LAMBDA.answers(only(request -> payload.equals("well")));
                operator.execute("begin");
                operator.values("select item from pglambda.check()");
                assertThat(operator.value("show aws_lambda.request_timeout_ms")).isEqualTo("10000");
                operator.execute("commit");
            }
            operator.execute("set aws_lambda.request_timeout_ms = 700");
            operator.values("select item from pglambda.check()");
            assertThat(operator.value("show aws_lambda.request_timeout_ms")).isEqualTo("700");
        }
    }
}
