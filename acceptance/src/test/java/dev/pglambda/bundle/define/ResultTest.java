package dev.pglambda.bundle.define;

import static dev.pglambda.bundle.kit.Sql.errorOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pglambda.bundle.kit.SqlError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How the result of a function becomes the result of a typed wrapper. */
class ResultTest extends DefinitionFixture {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "numeric | 1e-30 | 0.000000000000000000000000000001",
                "numeric | -123456789012345678901234567890.5 | -123456789012345678901234567890.5",
                "numeric(7,2) | 1.005 | 1.01",
                "bigint | 9223372036854775807 | 9223372036854775807",
                "int[] | [1, null, 3] | {1,NULL,3}",
                "integer[][] | [[1, 2], [3, 4]] | {{1,2},{3,4}}",
                "text | \"a\\\"b\" | a\"b",
                "varchar(3) | \"abc\" | abc",
                "boolean | true | true",
                "double precision | 0.1 | 0.1",
                "real | 1.5e30 | 1.5e+30",
                "timestamp with time zone | \"2026-01-02T03:04:05.123456Z\" | 2026-01-02 03:04:05.123456+00",
                "timestamp(0) without time zone | \"2026-01-02T03:04:05.6\" | 2026-01-02 03:04:06",
                "date | \"2026-01-02\" | 2026-01-02",
                "interval | \"PT1H30M\" | 01:30:00",
                "uuid | \"6f1c1a3e-6b0c-4a6e-8f5e-0123456789ab\" | 6f1c1a3e-6b0c-4a6e-8f5e-0123456789ab",
                "bytea | \"\\\\x00ff\" | \\x00ff",
                "jsonb | {\"a\": [1]} | {\"a\": [1]}",
                "json | [1] | [1]",
                "int4range | \"[1,5)\" | [1,5)",
                "shop.colour | \"dark blue\" | dark blue",
                "shop.quantity | 7 | 7",
                "shop.tags | [\"a\", \"b\"] | {a,b}",
                "shop.line | {\"price\": 1.50, \"other\": 1} | (,1.50)",
                "shop.line[] | [{\"piece\": \"a\"}, null] | {\"(a,)\",NULL}",
                "text | null | `null`",
                "shop.line | null | `null`",
                "shop.quantity | null | `null`",
                "void | {\"a\": 1} | ``",
            })
    void result_is_cast_to_its_type(String type, String json, String value) {
        define("f() returns " + type);
        LAMBDA.replies("{\"result\": " + json + "}");
        app.execute("set timezone = 'UTC'");
        assertThat(app.value("select f()::text")).isEqualTo("null".equals(value) ? null : value);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "integer | \"x\" | invalid input syntax for type integer: \"x\"",
                "integer | 1.5 | invalid input syntax for type integer: \"1.5\"",
                "integer | 2147483648 | value \"2147483648\" is out of range for type integer",
                "numeric(3,1) | 100 | numeric field overflow",
                "varchar(3) | \"abcd\" | value too long for type character varying(3)",
                "shop.colour | \"green\" | invalid input value for enum shop.colour: \"green\"",
                "shop.quantity | 0 | value for domain shop.quantity violates check constraint \"quantity_check\"",
                "shop.line | 7 | cannot call populate_composite on a scalar",
                "int[] | {\"a\": 1} | expected JSON array",
                "table (a integer) | [{\"a\": 1}, 7] | ",
                "setof integer | [1, \"x\"] | invalid input syntax for type integer: \"x\"",
            })
    void result_that_cannot_be_cast_is_38000_and_says_what_and_why(String type, String json, String reason) {
        define("f() returns " + type);
        LAMBDA.replies("{\"result\": " + json + "}");
        SqlError error = errorOf(() -> app.values("select f()::text"));
        assertThat(error.sqlState()).isEqualTo("38000");
        assertThat(error.message()).isEqualTo("function 'pricing' did not return what public.f returns: " + type);
        assertThat(error.detail().orElseThrow()).contains(reason == null ? "7: " : reason);
        assertThat(error.hint()).isPresent();
    }

    @Test
    void error_of_the_function_is_raised_unchanged() {
        define("f() returns integer");
        LAMBDA.replies("{\"error\": {\"sqlstate\": \"22P02\", \"message\": \"own\"}}");
        SqlError error = errorOf(() -> app.value("select f()"));
        assertThat(error.sqlState()).isEqualTo("22P02");
        assertThat(error.message()).isEqualTo("own");
    }

    @Test
    void array_of_objects_is_the_rows_of_a_table() {
        define("f() returns table (id bigint, \"Net price\" numeric)");
        LAMBDA.replies("{\"result\": [{\"id\": 1, \"Net price\": 2.50}, {\"id\": 2}, null, {\"other\": 1}]}");
        assertThat(app.values("select f()::text")).containsExactly("(1,2.50)", "(2,)", "(,)", "(,)");
        LAMBDA.replies("{\"result\": {\"id\": 7}}");
        assertThat(app.values("select id::text from f()")).containsExactly("7");
        LAMBDA.replies("{\"result\": []}");
        assertThat(app.values("select f()::text")).isEmpty();
        LAMBDA.replies("{\"result\": null}");
        assertThat(app.values("select f()::text")).isEmpty();
    }

    @Test
    void array_is_the_rows_of_a_set() {
        define("f() returns setof numeric");
        LAMBDA.replies("{\"result\": [1.50, null, 3]}");
        assertThat(app.values("select f()::text")).containsExactly("1.50", null, "3");
        LAMBDA.replies("{\"result\": 4}");
        assertThat(app.values("select f()::text")).containsExactly("4");

        define("f() returns setof shop.line");
        LAMBDA.replies("{\"result\": [{\"piece\": \"a\", \"price\": 1}, null]}");
        assertThat(app.values("select piece from f()")).containsExactly("a", null);
    }
}
