package dev.pglambda.validate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pglambda.handler.Payload;
import io.micronaut.context.ApplicationContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** JSON Schema's own test suite, through the handler: each group is one call with a batch, as SQL would send it. */
class SchemaSuiteTest {

    private static final Path SUITE = Path.of("src/test/resources/json-schema-test-suite");
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    /** Each group that cannot pass, under a comment that says why. */
    private static final Path EXCEPTED = SUITE.resolve("excepted.txt");

    static ApplicationContext context;
    static ValidateHandler handler;

    @BeforeAll
    static void start() {
        context = ApplicationContext.run();
        handler = new ValidateHandler(context);
    }

    @AfterAll
    static void stop() {
        context.close();
    }

    @ParameterizedTest
    @CsvSource({
        "draft2020-12, https://json-schema.org/draft/2020-12/schema",
        "draft2019-09, https://json-schema.org/draft/2019-09/schema",
        "draft7, http://json-schema.org/draft-07/schema#",
        "draft6, http://json-schema.org/draft-06/schema#",
        "draft4, http://json-schema.org/draft-04/schema#",
    })
    void the_required_tests_pass(String draft, String dialect) throws IOException {
        Set<String> wrong = new TreeSet<>();
        int run = 0;
        for (Path file : files(draft)) {
            for (JsonNode group : JSON.readTree(file.toFile())) {
                run += group.get("tests").size();
                JsonNode reply = JSON.readTree(handler.handleRequest(
                                request(withDialect(group.get("schema"), dialect), group.get("tests")), null)
                        .json());
                if (!verdicts(reply).equals(group.get("tests").findValuesAsText("valid"))) {

                    wrong.add(draft + "/" + file.getFileName() + ": "
                            + group.get("description").asText());
                }
            }
        }
        Set<String> excepted = excepted(draft);
        System.out.printf("%s: %d tests, but for %d groups%n", draft, run, excepted.size());

        assertThat(wrong).isEqualTo(excepted);
    }

    private static List<String> verdicts(JsonNode reply) {
        List<String> verdicts = new ArrayList<>();
        for (JsonNode each : reply.path("results")) {
            verdicts.add(
                    each.path("result").path("validationResult").path("isValid").asText());
        }
        return verdicts;
    }

    private static Set<String> excepted(String draft) throws IOException {
        return Files.readAllLines(EXCEPTED).stream()
                .filter(line -> line.startsWith(draft + "/"))
                .collect(Collectors.toCollection(TreeSet::new));
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
