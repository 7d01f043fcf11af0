package dev.pglambda.validate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pglambda.handler.Deadline;
import dev.pglambda.handler.Payload;
import io.micronaut.context.ApplicationContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** JSON Schema's own test suite, through the handler: each group is one call with a batch, as SQL would send it. */
class SchemaSuiteTest {

    private static final Path SUITE = Path.of("src/test/resources/json-schema-test-suite");
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    /** Each group that cannot pass, under a comment that says why and the error that shows it. */
    private static final Path EXCEPTED = SUITE.resolve("excepted.txt");

    @AutoClose
    static final ApplicationContext CONTEXT = ApplicationContext.run();

    static final ValidateHandler HANDLER = new ValidateHandler(CONTEXT);

    @ParameterizedTest
    @CsvSource({
        "draft2020-12, https://json-schema.org/draft/2020-12/schema",
        "draft2019-09, https://json-schema.org/draft/2019-09/schema",
        "draft7, http://json-schema.org/draft-07/schema#",
        "draft6, http://json-schema.org/draft-06/schema#",
        "draft4, http://json-schema.org/draft-04/schema#",
    })
    void the_required_tests_pass(String draft, String dialect) throws IOException {
        Map<String, String> failures = new TreeMap<>();
        int run = 0;
        for (Path file : files(draft)) {
            for (JsonNode group : JSON.readTree(file.toFile())) {
                run += group.get("tests").size();
                JsonNode reply = reply(withDialect(group.get("schema"), dialect), group.get("tests"));
                if (!verdicts(reply).equals(group.get("tests").findValuesAsText("valid"))) {
                    failures.put(name(draft, file, group), failure(reply));
                }
            }
        }
        Map<String, String> excepted = excepted(draft);
        System.out.printf("%s: %d tests, but for %d groups%n", draft, run, excepted.size());

        assertThat(failures.keySet()).isEqualTo(excepted.keySet());
        assertThat(failures).allSatisfy((group, failure) -> assertThat(failure).matches(excepted.get(group)));
    }

    /** Nothing but the refusal stands between these groups and their passing. */
    @ParameterizedTest
    @CsvSource({"draft2020-12", "draft2019-09", "draft7", "draft6", "draft4"})
    void text_with_nul_is_checked_right_behind_the_refusal(String draft) throws IOException {
        SchemaValidation validation = CONTEXT.getBean(SchemaValidation.class);
        int groups = 0;
        for (Path file : files(draft)) {
            for (JsonNode group : JSON.readTree(file.toFile())) {
                if (!name(draft, file, group).endsWith(": nul characters in strings")) {
                    continue;
                }
                groups++;
                var options = new ValidateOptions(tree(group.get("schema")), false);
                for (JsonNode test : group.get("tests")) {
                    Verdict verdict = validation.of(tree(test.get("data")), options, Deadline.none());
                    assertThat(verdict.validationResult().isValid())
                            .isEqualTo(test.get("valid").asBoolean());
                }
            }
        }
        assertThat(groups).isEqualTo(draft.equals("draft4") ? 1 : 2);
    }

    private static io.micronaut.json.tree.JsonNode tree(JsonNode node) throws IOException {
        return CONTEXT.getBean(io.micronaut.json.JsonMapper.class)
                .readValue(JSON.writeValueAsBytes(node), io.micronaut.json.tree.JsonNode.class);
    }

    private static String name(String draft, Path file, JsonNode group) {
        return draft + "/" + file.getFileName() + ": "
                + group.get("description").asText();
    }

    private static JsonNode reply(JsonNode schema, JsonNode tests) throws IOException {
        return JSON.readTree(HANDLER.handleRequest(request(schema, tests), null).json());
    }

    /** The error of all items or of the first one that has one; the verdicts where there is none. */
    private static String failure(JsonNode reply) {
        JsonNode error = reply.findPath("error");
        return error.isObject()
                ? error.get("sqlstate").asText() + " " + error.get("message").asText()
                : verdicts(reply).toString();
    }

    private static List<String> verdicts(JsonNode reply) {
        List<String> verdicts = new ArrayList<>();
        for (JsonNode each : reply.path("results")) {
            verdicts.add(
                    each.path("result").path("validationResult").path("isValid").asText());
        }
        return verdicts;
    }

    /** The excepted groups of the draft, each with the error that stands above it. */
    private static Map<String, String> excepted(String draft) throws IOException {
        Map<String, String> excepted = new TreeMap<>();
        String error = "none";
        for (String line : Files.readAllLines(EXCEPTED)) {
            if (line.startsWith("error ")) {
                error = line.substring("error ".length());
            } else if (line.startsWith(draft + "/")) {
                excepted.put(line, error);
            }
        }
        return excepted;
    }

    private static Payload request(JsonNode schema, JsonNode tests) throws IOException {
        ObjectNode request = JSON.createObjectNode();
        request.putObject("options").set("schema", schema);
        tests.forEach(test -> request.withArray("batch").add(test.get("data")));
        return Payload.of(JSON.writeValueAsString(request));
    }

    private static JsonNode withDialect(JsonNode schema, String dialect) {
        return schema.isObject() && !schema.has("$schema")
                ? ((ObjectNode) schema.deepCopy()).put("$schema", dialect)
                : schema;
    }

    private static List<Path> files(String draft) throws IOException {
        try (Stream<Path> files = Files.list(SUITE.resolve(draft))) {
            return files.sorted().toList();
        }
    }
}
