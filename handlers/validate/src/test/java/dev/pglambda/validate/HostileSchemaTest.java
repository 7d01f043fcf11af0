package dev.pglambda.validate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pglambda.handler.Payload;
import io.micronaut.context.ApplicationContext;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Schemas that would take all the time or memory: each ends soon with an error, leaves the next call alone, logs nothing. */
class HostileSchemaTest {

    private static final String EVIL = "\"" + "a".repeat(60) + "!\"";
    private static final String BACKTRACKING = "{\"pattern\": \"(x+x+)+y|(.*a){25}b\"}";
    private static final String TREE =
            "{\"$ref\": \"#/$defs/d0\", \"unevaluatedProperties\": false, \"$defs\": {\"d60\": {}, "
                    + list(60, i -> "\"d%d\": {\"allOf\": [{\"$ref\": \"#/$defs/d%d\"}, {\"$ref\": \"#/$defs/d%d\"}]}"
                            .formatted(i, i + 1, i + 1))
                    + "}}";

    private final ByteArrayOutputStream log = new ByteArrayOutputStream();
    private PrintStream console;
    private ApplicationContext context;
    private ValidateHandler handler;

    @BeforeEach
    void start() {
        context = ApplicationContext.run();
        handler = new ValidateHandler(context);
        console = System.err;
        System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void stop() {
        System.setErr(console);
        context.close();
    }

    @Test
    void what_takes_too_long_ends_at_the_deadline() {
        assertEnds("39000", EVIL, BACKTRACKING);
        assertEnds("39000", "{" + EVIL + ": 1}", "{\"patternProperties\": {\"(x+x+)+y|(.*a){25}b\": true}}");
        assertEnds("39000", "{\"a\": 1}", TREE);
        assertEnds("39000", "[" + list(40_000, HostileSchemaTest::ofOneHash) + "]", "{\"uniqueItems\": true}");
        assertEnds("39000", "1", "{\"enum\": [" + list(40_000, HostileSchemaTest::ofOneHash) + "]}");
        assertEnds(
                "39000",
                "[" + list(90_000, i -> "1.00000000000000000000" + (100_000 + i)) + "]",
                "{\"uniqueItems\": true}");
    }

    @Test
    void what_takes_too_much_raises_54000() {
        assertEnds(
                "54000",
                "1",
                "{\"$id\": \"http://x/a\", \"$dynamicAnchor\": \"n\", \"$ref\": \"http://x/b\", \"$defs\": "
                        + "{\"b\": {\"$id\": \"http://x/b\", \"$dynamicAnchor\": \"n\", \"$dynamicRef\": \"#n\"}}}");
        assertEnds("54000", "1", "{\"enum\": [" + list(60_000, i -> "" + i) + "]}");
        assertEnds("54000", "1", "{\"pattern\": \"" + "a".repeat(1_000_000) + "\"}");
        assertEnds("54000", "1", "{\"pattern\": \"" + "\\\\d".repeat(1_000_000) + "\"}");
        assertEnds("54000", "{}", "{\"patternProperties\": {\"" + "\\\\p{".repeat(9_000) + "\": true}}");
        assertEnds("54000", "\"" + "a".repeat(1_000_000) + "\"", "{\"format\": \"regex\"}");
        assertEnds(
                "54000",
                "[" + list(20_000, i -> "1") + "]",
                "{\"items\": {\"enum\": [\"" + "x".repeat(5_000) + "\"]}}");
    }

    @Test
    void what_is_no_schema_raises_22023() {
        assertEnds("22023", "1", "{\"$ref\": \"#/x\", \"x\": {\"pattern\": \"(\"}}");
        assertEnds("22023", "1", "{\"$ref\": \"#/x\", \"x\": {\"minimum\": \"a\"}}");
        assertEnds("22023", "1", "{\"$ref\": \"#/x\", \"x\": {\"$ref\": \"#/%zz\"}}");
        assertEnds("22023", "1", "{\"$ref\": \"https://json-schema.org/draft/2020-12/meta/nonsense\"}");
        assertEnds(
                "22023",
                "{\"a\": 1}",
                "{\"$schema\": \"http://json-schema.org/draft-04/schema#\", \"patternProperties\": {\"(\": {}}}");
        assertEnds(
                "22023",
                "1",
                "{\"$defs\": {\"a\": {\"$id\": \"http://a/a\", \"$schema\": \"http://nowhere/s\"}}, \"$ref\": \"http://a/a\"}");
        assertEnds("22023", "1", "{\"$id\": \"http://x/" + "a/".repeat(1_000_000) + "\", \"$ref\": \"b\"}");
        assertEnds("22023", "1", "{\"$id\": \"no uri: %%%\"}");
    }

    @Test
    void unknown_keywords_are_not_logged() {
        String schema = "{" + list(20_000, i -> "\"keyword" + i + "\": 1") + "}";
        assertThat(answer("1", schema)).contains("\"isValid\":true");
        assertThat(log.toString(StandardCharsets.UTF_8)).isEmpty();
    }

    private void assertEnds(String sqlState, String data, String schema) {
        long start = System.nanoTime();
        assertThat(answer(data, schema))
                .contains("\"sqlstate\":\"" + sqlState + "\"")
                .hasSizeLessThan(2_000);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(8));
        assertThat(answer("1", "{\"type\": \"number\"}")).contains("\"isValid\":true");
        assertThat(log.toString(StandardCharsets.UTF_8)).isEmpty();
    }

    private String answer(String data, String schema) {
        return handler.handleRequest(
                        Payload.of("{\"data\": " + data
                                + ", \"timeoutMs\": 1000, \"options\": {\"assertFormat\": true, \"schema\": " + schema
                                + "}}"),
                        null)
                .text();
    }

    private static String list(int count, IntFunction<String> element) {
        return IntStream.range(0, count).mapToObj(element).collect(Collectors.joining(","));
    }

    /** In Java, {@code Aa} and {@code BB} have the same hash, and so has whatever is made of them. */
    private static String ofOneHash(int number) {
        return IntStream.range(0, 16)
                .mapToObj(bit -> (number >> bit & 1) == 1 ? "Aa" : "BB")
                .collect(Collectors.joining("", "\"", "\""));
    }
}
