package dev.pglambda.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.slf4j.event.Level;

class JsonLoggerTest {

    private final List<String> lines = new ArrayList<>();
    private final JsonLogger logger =
            new JsonLogger("dev.pglambda.Example", Level.INFO, () -> Map.of("requestId", "r-1"), lines::add);

    @Test
    void an_event_is_one_line_of_json_with_the_facts_of_the_call() {
        logger.warn("{} of {}", 2, "three");

        assertThat(lines).singleElement().asString().endsWith("\"message\":\"2 of three\",\"requestId\":\"r-1\"}\n");
        assertThat(lines.get(0))
                .startsWith("{\"timestamp\":\"2")
                .contains("\",\"level\":\"WARN\",\"logger\":\"dev.pglambda.Example\"");
    }

    @Test
    void a_failure_is_logged_with_its_stack_trace_in_the_same_line() {
        logger.error("failed", new IllegalStateException("say \"why\""));

        assertThat(lines).singleElement().asString().containsOnlyOnce("\n");
        assertThat(lines.get(0))
                .contains("\"error\":\"java.lang.IllegalStateException\"")
                .contains("IllegalStateException: say \\\"why\\\"\\n\\tat ");
    }

    @Test
    void what_is_below_the_threshold_is_not_written() {
        logger.debug("quiet");

        assertThat(lines).isEmpty();
    }

    @Test
    void control_characters_and_half_pairs_stay_valid_json() {
        logger.info("a\u0001b\uD800c");

        assertThat(lines.get(0)).contains("a\\u0001b\\ud800c");
    }

    @Test
    void a_fact_that_is_named_like_a_field_does_not_make_a_second_one() {
        new JsonLogger("x", Level.INFO, () -> Map.of("level", "mine", "message", "mine"), lines::add).info("said");

        assertThat(lines.get(0))
                .containsOnlyOnce("\"level\"")
                .containsOnlyOnce("\"message\"")
                .doesNotContain("mine");
    }

    @Test
    void there_is_one_logger_for_a_name() {
        JsonLogging logging = new JsonLogging();
        logging.initialize();
        assertThat(logging.getLoggerFactory().getLogger("a"))
                .isSameAs(logging.getLoggerFactory().getLogger("a"))
                .isNotSameAs(logging.getLoggerFactory().getLogger("b"));
        assertThat(logging.getLoggerFactory().getLogger("of.a.library").isInfoEnabled())
                .isTrue();
    }

    @Test
    void the_level_follows_lambdas_setting() {
        assertThat(JsonLogging.level(null)).isEqualTo(Level.INFO);
        assertThat(JsonLogging.level("DEBUG")).isEqualTo(Level.DEBUG);
        assertThat(JsonLogging.level("FATAL")).isEqualTo(Level.ERROR);
    }
}
