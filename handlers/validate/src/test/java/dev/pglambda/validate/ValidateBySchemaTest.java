package dev.pglambda.validate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pglambda.call.Payload;
import dev.pglambda.lambda.LambdaFunction;
import dev.pglambda.local.junit.LocalPlatformTest;
import dev.pglambda.local.junit.Sql;
import io.micronaut.context.ApplicationContext;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import jakarta.inject.Inject;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
                .contains("\"path\": \"/id\"", "\"keyword\": \"minimum\"", "0 is less than 1")
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
    void is_valid_returns_true_or_false(String data, String schema, boolean valid, Sql app) throws SQLException {
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
                "{\"pattern\": \"(\"} | the regular expression \"(\" has a group without an end | character 2",
                "{\"patternProperties\": {\"a++\": true}} | the regular expression \"a++\" has \"+\" in the wrong place | character 3",
                "{\"minLength\": 5000000000} | the schema is not valid | \"/minLength\": is more than 2147483647",
                "{\"$ref\": \"#/%zz\"} | the schema is not valid |",
                "{\"not\": {\"$ref\": \"#nowhere\"}} | the schema is not valid | nowhere",
                "{\"$ref\": \"#/nowhere\"} | the schema is not valid | nowhere",
                "{\"$ref\": \"http://127.0.0.1:1/s\"} | the schema refers to http://127.0.0.1:1/s, and no schema is fetched |",
                "{\"properties\": {\"a\": {\"$ref\": \"file:///etc/passwd\"}}} | the schema refers to file:///etc/passwd, and no schema is fetched |",
                "{\"$ref\": \"classpath:application.yml\"} | the schema refers to classpath:application.yml, and no schema is fetched |",
                "{\"$schema\": \"http://example.com/mine\"} | the schema is written in \"http://example.com/mine\", which is not supported |",
            })
    void what_is_not_a_schema_raises_22023_with_the_place_and_the_reason(
            String schema, String message, String detail, Sql app) {
        assertThatThrownBy(() -> app.value("select validate_data('1', ?::jsonb)", schema))
                .isInstanceOfSatisfying(PSQLException.class, e -> {
                    assertThat(e.getSQLState()).isEqualTo("22023");
                    assertThat(e.getServerErrorMessage().getMessage()).isEqualTo(message);
                    if (detail != null) {
                        assertThat(e.getServerErrorMessage().getDetail()).contains(detail);
                    }
                });
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

    private String answer(String data, String schema) {
        return new LambdaFunction(context, ValidateHandler.class)
                .execute(Payload.of("{\"data\": " + data + ", \"options\": {\"schema\": " + schema + "}}"))
                .text();
    }
}
