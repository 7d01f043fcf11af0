package dev.pglambda.validate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pglambda.program.ProgramLimitError;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A schema that takes too much time or memory raises 54000, and the next schema works. */
class SchemaLimitsTest {

    @AutoClose
    static final ValidateCalls CALLS = new ValidateCalls();

    @AfterEach
    void the_next_one_works() {
        assertThat(CALLS.check("1", "{\"type\": \"number\"}")).contains("\"isValid\":true");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"$ref\": \"#\"}",
                "{\"$ref\": \"#/$defs/a\", \"$defs\": {\"a\": {\"$ref\": \"#/$defs/a\"}}}",
                "{\"$id\": \"http://x/a\", \"$dynamicAnchor\": \"n\", \"$ref\": \"http://x/b\", \"$defs\":"
                        + " {\"b\": {\"$id\": \"http://x/b\", \"$dynamicAnchor\": \"n\", \"$dynamicRef\": \"#n\"}}}",
            })
    void a_schema_that_leads_back_to_itself_raises_54000(String schema) {
        assertThat(CALLS.check("1", schema)).contains("\"sqlstate\":\"54000\"");
    }

    @Test
    void a_pattern_that_recurses_too_deep_raises_54000() {
        assertThat(CALLS.check("\"" + "ab".repeat(2_000_000) + "\"", "{\"pattern\": \"^(a|b)*$\"}"))
                .contains("\"sqlstate\":\"54000\"");
    }

    /** This schema would end after some seconds. An endless one would run during the other tests. */
    @Test
    void what_does_not_end_in_time_ends_the_environment() {
        String schema = "{\"pattern\": \"(.*a){6}b\"}";
        assertThatThrownBy(() -> CALLS.reply("{\"data\": \"" + "a".repeat(120) + "\", \"timeoutMs\": 400,"
                        + " \"options\": {\"schema\": " + schema + "}}"))
                .isInstanceOf(ProgramLimitError.class)
                .hasMessageMatching("checking the schema did not end within [0-9]+ ms");
    }

    @Test
    void schemas_may_be_deep_and_wide() {
        assertThat(CALLS.check("1", "{\"not\":".repeat(100) + "true" + "}".repeat(100)))
                .contains("\"isValid\":true");
        String values = IntStream.range(0, 60_000).mapToObj(String::valueOf).collect(Collectors.joining(","));
        assertThat(CALLS.check("59999", "{\"enum\": [" + values + "]}")).contains("\"isValid\":true");
    }

    @Test
    void a_message_does_not_repeat_a_long_text() {
        assertThat(CALLS.check("\"" + "🎉".repeat(100_000) + "\"", "{\"maxLength\": 5}"))
                .contains("\"keyword\":\"maxLength\"")
                .hasSizeLessThan(13_000);
    }

    @Test
    void numbers_of_any_length_are_compared_digit_by_digit() {
        assertThat(CALLS.check("1e130000", "{\"maximum\": 1e129999}")).contains("\"isValid\":false");
    }
}
