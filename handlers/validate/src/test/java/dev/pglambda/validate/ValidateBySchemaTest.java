package dev.pglambda.validate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pglambda.handler.Payload;
import dev.pglambda.local.junit.LocalPlatformTest;
import dev.pglambda.local.junit.Sql;
import io.micronaut.context.ApplicationContext;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.util.PSQLException;

@LocalPlatformTest(ValidateHandler.class)
@MicronautTest
class ValidateBySchemaTest {

    private static final String ORDER = """
            {"type": "object", "required": ["id", "lines"],
             "properties": {"id": {"type": "integer", "minimum": 1},
                            "lines": {"type": "array", "items": {"required": ["sku"]}},
                            "sent": {"format": "date-time"}}}""";

    @Inject
    ApplicationContext context;

    @Inject
    SchemaValidation validation;

    @Test
    void every_violation_has_its_path_keyword_and_message(Sql app) throws SQLException {
        assertThat(app.value(
                        "select jsonb_pretty(validate_data(?::jsonb, ?::jsonb)->'validationResult'->'violations')",
                        "{\"id\": 0, \"lines\": [{\"sku\": 1}, {}]}",
                        ORDER))
                .contains("\"path\": \"/id\"", "\"keyword\": \"minimum\"", "must have a minimum value of 1")
                .contains("\"path\": \"/lines/1\"", "\"keyword\": \"required\"");
        assertThat(app.value("select validate_data('{}', ?::jsonb)->'validationResult'->'missingFields'", ORDER))
                .isEqualTo("[\"id\", \"lines\"]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1 | true | true",
                "1 | false | false",
                "9007199254740993 | {\"maximum\": 9007199254740992} | false",
                "9007199254740993 | {\"const\": 9007199254740992} | false",
                "9007199254740993 | {\"multipleOf\": 2} | false",
                "9007199254740994 | {\"multipleOf\": 2} | true",
                "0.3 | {\"multipleOf\": 0.1} | true",
                "1.00000000000000000000000000001 | {\"multipleOf\": 0.00000000000000000000000000001} | true",
                "1.00000000000000000000000000001 | {\"maximum\": 1} | false",
                "1.00000000000000000000000000001 | {\"exclusiveMinimum\": 1} | true",
                "123456789012345678901234567890 | {\"type\": \"integer\"} | true",
                "123456789012345678901234567890 | {\"enum\": [123456789012345678901234567891]} | false",
                "1.0 | {\"enum\": [1]} | true",
                "[1, 1.0] | {\"uniqueItems\": true} | false",
                "\"a\\n\" | {\"pattern\": \"^a$\"} | false",
                "\"x\" | {\"format\": \"date\"} | true",
                "{\"a\": {\"a\": {\"a\": 1}}} | {\"properties\": {\"a\": {\"$ref\": \"#\"}}, \"type\": [\"object\"]} | false",
                "5 | {\"$ref\": \"#/$defs/n\", \"$defs\": {\"n\": {\"type\": \"number\"}}} | true",
                "{\"type\": 7} | {\"$ref\": \"https://json-schema.org/draft/2020-12/schema\"} | false",
            })
    void is_valid_says_yes_or_no(String data, String schema, boolean valid, Sql app) throws SQLException {
        assertThat(app.value("select is_valid(?::jsonb, ?::jsonb)::text", data, schema))
                .isEqualTo(String.valueOf(valid));
    }

    @Test
    void formats_are_asserted_on_demand(Sql app) throws SQLException {
        String call = "select pglambda.invoke('validate', '{\"id\": 1, \"lines\": [], \"sent\": \"soon\"}',"
                + " jsonb_build_object('schema', ?::jsonb, 'assertFormat', ?::boolean))->>'message'";
        assertThat(app.asMaster().value(call, ORDER, "true")).isEqualTo("Data is invalid");
        assertThat(app.asMaster().value(call, ORDER, "false")).isEqualTo("Data is valid");
    }

    @Test
    void nulls_and_literals_of_unknown_type_are_told_apart(Sql app) throws SQLException {
        assertThat(app.value("select validate_data(null, 'true')")).isNull();
        assertThat(app.value("select is_valid(null, 'true')::text")).isNull();
        assertThat(app.value("select validate_data('{}')->>'message'")).isEqualTo("Data is invalid");
        assertThat(app.value("select validate_data('{}', '{}')->>'message'")).isEqualTo("Data is valid");
        assertThat(app.value("select count(*)::text from validate_data_batch('{}')"))
                .isEqualTo("0");
        for (String call :
                new String[] {"validate_data('{}', null)", "is_valid('{}', null)", "validate_data_batch('{1}', null)"
                }) {
            assertThatThrownBy(() -> app.value("select " + call + "::text"))
                    .isInstanceOfSatisfying(PSQLException.class, e -> assertThat(e.getSQLState())
                            .isEqualTo("22004"));
        }
    }

    @Test
    void batches_and_conditions_take_schemas(Sql app) throws SQLException {
        assertThat(app.value("""
                        select string_agg(coalesce(result->'validationResult'->>'isValid', 'none'), ' ' order by ordinality)
                          from validate_data_batch('{1,"\\"x\\"",null,2}', '{"type": "number"}')""")).isEqualTo("true false none true");
        assertThat(app.value("""
                        select string_agg(v::text, ' ') from (values ('1'::jsonb), ('"x"'), ('2')) t (v)
                         where is_valid(v, '{"type": "number"}')""")).isEqualTo("1 2");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "null | a schema must be an object, true or false, not null |",
                "[] | a schema must be an object, true or false, not array |",
                "{\"type\": \"number\", \"minLength\": -1} | the schema is not valid | \"/minLength\"",
                "{\"properties\": {\"a\": {\"type\": \"nothing\"}}} | the schema is not valid | \"/properties/a/type\"",
                "{\"pattern\": \"(\"} | the schema is not valid | \"/pattern\"",
                "{\"$ref\": \"#/nowhere\"} | the schema is not valid | nowhere",
                "{\"$ref\": \"http://127.0.0.1:1/s\"} | the schema refers to http://127.0.0.1:1/s, and no schema is fetched |",
                "{\"properties\": {\"a\": {\"$ref\": \"file:///etc/passwd\"}}} | the schema refers to file:/etc/passwd, and no schema is fetched |",
                "{\"$ref\": \"classpath:application.yml\"} | the schema refers to classpath:application.yml, and no schema is fetched |",
                "{\"$schema\": \"http://example.com/mine\"} | the schema is written in \"http://example.com/mine\", which is not known here |",
            })
    void what_is_no_schema_raises_22023_with_where_and_why(String schema, String message, String detail, Sql app) {
        assertThatThrownBy(() -> app.value("select validate_data('1', ?::jsonb)", schema))
                .isInstanceOfSatisfying(PSQLException.class, e -> {
                    assertThat(e.getSQLState()).isEqualTo("22023");
                    assertThat(e.getServerErrorMessage().getMessage()).isEqualTo(message);
                    if (detail != null) {
                        assertThat(e.getServerErrorMessage().getDetail()).contains(detail);
                    }
                });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"pattern\": \".*a.*a.*a.*a.*a.*a.*a.*a.*a.*a.*a.*a.*a.*ab\"}",
                "{\"pattern\": \"(x+x+)+y|(.*a){25}b\"}",
                "{\"not\": {\"pattern\": \".*a.*a.*a.*a.*a.*a.*a.*a.*a.*a.*a.*a.*a.*ab\"}}",
            })
    void patterns_that_backtrack_end_at_the_deadline(String schema) {
        assertEndsInTime("\"" + "a".repeat(60) + "!\"", schema, "39000");
    }

    @Test
    void schemas_that_branch_without_end_end_at_the_deadline() {
        var schema = new StringBuilder("{\"$ref\": \"#/$defs/d0\", \"$defs\": {\"d60\": {}");
        for (int i = 0; i < 60; i++) {
            schema.append(", \"d%d\": {\"allOf\": [{\"$ref\": \"#/$defs/d%d\"}, {\"$ref\": \"#/$defs/d%d\"}]}"
                    .formatted(i, i + 1, i + 1));
        }
        assertEndsInTime("1", schema.append("}}").toString(), "39000");
    }

    @Test
    void schemas_that_lead_back_to_themselves_raise_54000_and_harm_nothing() {
        assertEndsInTime("1", "{\"$ref\": \"#/$defs/a\", \"$defs\": {\"a\": {\"$ref\": \"#/$defs/a\"}}}", "54000");
        assertEndsInTime("1", "{\"$ref\": \"#\"}", "54000");
        assertEndsInTime("1", "{\"not\":".repeat(300) + "true" + "}".repeat(300), "54000");
        assertThat(answer("1", "{\"type\": \"number\"}")).contains("\"isValid\":true");
    }

    @Test
    void a_number_of_gigabytes_is_refused() {
        assertThat(answer("1e999999999", "{\"multipleOf\": 3}")).contains("22023", "more than 1000 digits");
        assertThat(answer("1", "{\"multipleOf\": 1e-999999999}")).contains("22023", "more than 1000 digits");
    }

    @Test
    void compiled_schemas_are_kept_within_bounds() {
        for (int i = 0; i < 300; i++) {
            answer("1", "{\"maximum\": " + i + "}");
        }
        assertThat(validation.kept()).isEqualTo(200);
        for (int i = 0; i < 5; i++) {
            answer("1", "{\"description\": \"" + i + "x".repeat(400_000) + "\"}");
        }
        assertThat(validation.kept()).isBetween(1, 3);
    }

    private void assertEndsInTime(String data, String schema, String sqlState) {
        long start = System.nanoTime();
        assertThat(answer(data, schema)).contains("\"sqlstate\":\"" + sqlState + "\"");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
    }

    private String answer(String data, String schema) {
        return new ValidateHandler(context)
                .handleRequest(
                        Payload.of("{\"data\": " + data + ", \"timeoutMs\": 1000, \"options\": {\"schema\": " + schema
                                + "}}"),
                        null)
                .text();
    }
}
