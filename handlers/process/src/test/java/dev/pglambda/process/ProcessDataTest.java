package dev.pglambda.process;

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

@MicronautTest
@LocalPlatformTest(ProcessHandler.class)
class ProcessDataTest {

    @MockBean(Clock.class)
    Clock clock() {
        return Clock.fixed(Instant.parse("2026-01-02T03:04:05Z"), ZoneOffset.UTC);
    }

    @Test
    void an_item_gives_its_receipt(Sql app) throws SQLException {
        assertThat(app.value("select process_data('{\"id\": 123, \"value\": \"test\", \"tags\": [\"a\", null]}')"))
                .isEqualTo(
                        """
                        {"status": "success", "message": "Data processed successfully", "duplicate": false, \
                        "processedData": {"id": 123, "tags": ["a", null], "value": "test", "processed": true, \
                        "timestamp": "2026-01-02T03:04:05Z"}}""");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | id: must not be null; value: must not be blank",
                "{\"id\": 0, \"value\": \" \"} | id: must be greater than or equal to 1; value: must not be blank",
                "{\"id\": \"123\", \"value\": \"\"} | id: must be an integer, not text \"123\"; value: must not be blank",
                "{\"id\": 1.5, \"value\": \"a\"} | id: must be an integer, not number 1.5",
                "{\"id\": true, \"value\": []} | id: must be an integer, not boolean true; value: must be text, not array []",
                "{\"id\": 9223372036854775808, \"value\": \"a\"}"
                        + " | id: must be between -9223372036854775808 and 9223372036854775807,"
                        + " not number 9223372036854775808",
                "{\"id\": null, \"value\": null} | id: must not be null; value: must not be blank",
            })
    void a_wrong_item_raises_22023_with_every_violation(String item, String detail, Sql app) {
        assertThatThrownBy(() -> app.value("select process_data(?::jsonb)", item))
                .isInstanceOfSatisfying(PSQLException.class, e -> {
                    assertThat(e.getSQLState()).isEqualTo("22023");
                    assertThat(e.getServerErrorMessage().getDetail()).isEqualTo(detail);
                });
    }

    @Test
    void the_largest_id_is_taken(Sql app) throws SQLException {
        assertThat(app.value("select process_data('{\"id\": 9223372036854775807, \"value\": \"a\"}')"
                        + "->'processedData'->'id'"))
                .isEqualTo("9223372036854775807");
    }

    @Test
    void null_gives_null(Sql app) throws SQLException {
        assertThat(app.value("select process_data(null)")).isNull();
    }
}
