package dev.pglambda.validate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pglambda.local.junit.LocalPlatformTest;
import dev.pglambda.local.junit.Sql;
import io.micronaut.test.annotation.MockBean;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@LocalPlatformTest(ValidateHandler.class)
@MicronautTest
class ValidateDataTest {

    @MockBean(Clock.class)
    Clock clock() {
        return Clock.fixed(Instant.parse("2026-01-02T03:04:05Z"), ZoneOffset.UTC);
    }

    @Test
    void valid_data_is_valid(Sql app) throws SQLException {
        assertThat(app.value("select validate_data('{\"id\": 789, \"value\": \"x\"}')"))
                .isEqualTo("""
                        {"status": "success", "message": "Data is valid", "validationResult": {"isValid": true, \
                        "timestamp": "2026-01-02T03:04:05Z", "violations": [], "missingFields": []}}""");
    }

    @Test
    void invalid_data_is_a_result_and_not_an_error(Sql app) throws SQLException {
        assertThat(app.value("select validate_data('{\"id\": \"x\"}')")).isEqualTo("""
                        {"status": "error", "message": "Data is invalid", "validationResult": {"isValid": false, \
                        "timestamp": "2026-01-02T03:04:05Z", "violations": [\
                        {"path": "/value", "message": "is required"}, \
                        {"path": "/id", "message": "must be an integer from 1"}], "missingFields": ["value"]}}""");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | [\"id\", \"value\"]",
                "{\"id\": null, \"value\": null} | [\"id\", \"value\"]",
                "{\"id\": 1} | [\"value\"]",
                "null | [\"id\", \"value\"]",
                "[1] | [\"id\", \"value\"]",
                "7 | [\"id\", \"value\"]",
            })
    void all_missing_fields_are_named(String data, String missing, Sql app) throws SQLException {
        assertThat(app.value("select validate_data(?::jsonb)->'validationResult'->'missingFields'", data))
                .isEqualTo(missing);
    }

    @ParameterizedTest
    @CsvSource({"0", "-1", "1.5", "'\"1\"'", "true", "[]", "9223372036854775808"})
    void an_id_is_an_integer_from_one(String id, Sql app) throws SQLException {
        assertThat(app.value(
                        "select validate_data(jsonb_build_object('id', ?::jsonb, 'value', 'x'))"
                                + "->'validationResult'->'violations'->0->>'path'",
                        id))
                .isEqualTo("/id");
    }

    @ParameterizedTest
    @CsvSource({"'\"\"'", "'\"  \"'", "5", "{}"})
    void a_value_is_text_that_is_not_blank(String value, Sql app) throws SQLException {
        assertThat(app.value(
                        "select validate_data(jsonb_build_object('id', 1, 'value', ?::jsonb))"
                                + "->'validationResult'->'violations'->0->>'path'",
                        value))
                .isEqualTo("/value");
    }

    @Test
    void null_gives_null(Sql app) throws SQLException {
        assertThat(app.value("select validate_data(null)")).isNull();
    }
}
