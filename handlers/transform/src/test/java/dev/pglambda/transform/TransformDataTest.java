package dev.pglambda.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import org.postgresql.util.PSQLException;

@LocalPlatformTest(TransformHandler.class)
@MicronautTest
class TransformDataTest {

    @MockBean(Clock.class)
    Clock clock() {
        return Clock.fixed(Instant.parse("2026-01-02T03:04:05Z"), ZoneOffset.UTC);
    }

    @Test
    void the_item_comes_back_with_its_value_in_upper_case(Sql app) throws SQLException {
        assertThat(app.value("select transform_data('{\"id\": 456, \"value\": \"hello world\"}')"))
                .isEqualTo("""
                        {"status": "success", "message": "Data transformed successfully", \
                        "transformedData": {"id": 456, "value": "hello world", \
                        "timestamp": "2026-01-02T03:04:05Z", "uppercase": "HELLO WORLD", "transformed": true}}""");
    }

    @ParameterizedTest
    @CsvSource({"straße, STRASSE", "ı i, I I", "çöğü, ÇÖĞÜ", "'', ''", "世界🦆, 世界🦆"})
    void upper_case_is_unicodes(String text, String upper, Sql app) throws SQLException {
        assertThat(app.value(
                        "select transform_data(jsonb_build_object('value', ?::text))->'transformedData'->>'uppercase'",
                        text))
                .isEqualTo(upper);
    }

    @Test
    void other_members_are_kept_digit_for_digit_and_added_ones_win(Sql app) throws SQLException {
        String item = """
                {"value": "a", "n": 123456789012345678901234567890.12345678901234567890, "deep": [{"x": null}], \
                "uppercase": "mine", "transformed": "mine", "timestamp": "mine"}""";
        assertThat(app.value("select transform_data(?::jsonb)->'transformedData'", item))
                .isEqualTo("""
                        {"n": 123456789012345678901234567890.12345678901234567890, "deep": [{"x": null}], \
                        "value": "a", "timestamp": "2026-01-02T03:04:05Z", "uppercase": "A", "transformed": true}""");
    }

    @Test
    void null_gives_null(Sql app) throws SQLException {
        assertThat(app.value("select transform_data(null)")).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | value: must not be null",
                "{\"value\": null} | value: must not be null",
                "{\"value\": 5} | value: must be text, not number 5",
                "null | must not be null",
                "\"text\" | must be an object, not text \"text\"",
                "[] | must be an object, not array []",
            })
    void an_item_of_another_shape_raises_22023_with_every_violation(String item, String detail, Sql app) {
        assertThatThrownBy(() -> app.value("select transform_data(?::jsonb)", item))
                .isInstanceOfSatisfying(PSQLException.class, e -> {
                    assertThat(e.getSQLState()).isEqualTo("22023");
                    assertThat(e.getServerErrorMessage().getMessage())
                            .isEqualTo("the item is not what the function takes");
                    assertThat(e.getServerErrorMessage().getDetail()).isEqualTo(detail);
                    assertThat(e.getServerErrorMessage().getHint()).isEqualTo("It takes {\"value\", …}.");
                });
    }

    @Test
    void an_option_that_it_does_not_have_is_refused(Sql app) {
        assertThatThrownBy(
                        () -> app.asMaster()
                                .value(
                                        "select pglambda.invoke('transform', '{\"value\": \"a\"}', '{\"expresion\": \"value\"}')"))
                .isInstanceOfSatisfying(PSQLException.class, e -> {
                    assertThat(e.getSQLState()).isEqualTo("22023");
                    assertThat(e.getServerErrorMessage().getDetail()).isEqualTo("expresion: is not known");
                });
    }

    @Test
    void five_megabytes_go_there_and_back(Sql app) throws SQLException {
        assertThat(app.value("""
                        select length(d->>'value')
                          from transform_data(jsonb_build_object('value', repeat('a', 3000000))) t,
                               lateral (select t->'transformedData' as d) x""")).isEqualTo("3000000");
    }
}
