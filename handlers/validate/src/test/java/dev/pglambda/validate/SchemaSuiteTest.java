package dev.pglambda.validate;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.json.tree.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
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

    /** The groups that cannot pass, each below a comment with the reason and the error. */
    private static final Path EXCEPTED = SUITE.resolve("excepted.txt");

    @AutoClose
    static final ValidateCalls CALLS = new ValidateCalls();

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
            for (JsonNode group : CALLS.parse(Files.readString(file)).values()) {
                run += group.get("tests").size();
                JsonNode reply = reply(withDialect(group.get("schema"), dialect), group.get("tests"));
                if (!verdicts(reply).equals(expected(group))) {
                    failures.put(name(draft, file, group), failure(reply));
                }
            }
        }
        Map<String, String> excepted = excepted(draft);
        System.out.printf("%s: %d tests, but for %d groups%n", draft, run, excepted.size());

        assertThat(failures.keySet()).isEqualTo(excepted.keySet());
        assertThat(failures).allSatisfy((group, failure) -> assertThat(failure).matches(excepted.get(group)));
    }

    /** These groups would pass if NUL were not refused. */
    @ParameterizedTest
    @CsvSource({"draft2020-12", "draft2019-09", "draft7", "draft6", "draft4"})
    void text_with_nul_would_be_checked_correctly(String draft) throws IOException {
        int groups = 0;
        for (Path file : files(draft)) {
            for (JsonNode group : CALLS.parse(Files.readString(file)).values()) {
                if (!name(draft, file, group).endsWith(": nul characters in strings")) {
                    continue;
                }
                groups++;
                CompiledSchema schema = new CompiledSchema(group.get("schema"), false);
                for (JsonNode test : group.get("tests").values()) {
                    assertThat(schema.check(test.get("data")).isValid())
                            .isEqualTo(test.get("valid").getBooleanValue());
                }
            }
        }
        assertThat(groups).isEqualTo(draft.equals("draft4") ? 1 : 2);
    }

    private static String name(String draft, Path file, JsonNode group) {
        return draft + "/" + file.getFileName() + ": "
                + group.get("description").getStringValue();
    }

    private static List<String> expected(JsonNode group) {
        List<String> expected = new ArrayList<>();
        group.get("tests")
                .values()
                .forEach(test -> expected.add(String.valueOf(test.get("valid").getBooleanValue())));
        return expected;
    }

    private static JsonNode reply(JsonNode schema, JsonNode tests) {
        List<String> items = new ArrayList<>();
        tests.values().forEach(test -> items.add(CALLS.print(test.get("data"))));
        return CALLS.parse(
                CALLS.reply("{\"options\": {\"schema\": " + CALLS.print(schema) + "}, \"batch\": " + items + "}"));
    }

    /** The error of the call or of its first failed item; otherwise the verdicts. */
    private static String failure(JsonNode reply) {
        List<JsonNode> errors = new ArrayList<>();
        add(reply, errors);
        if (reply.get("results") != null) {
            reply.get("results").values().forEach(each -> add(each, errors));
        }
        return errors.isEmpty()
                ? verdicts(reply).toString()
                : errors.get(0).get("sqlstate").getStringValue() + " "
                        + errors.get(0).get("message").getStringValue();
    }

    private static void add(JsonNode entry, List<JsonNode> errors) {
        if (entry.get("error") != null) {
            errors.add(entry.get("error"));
        }
    }

    private static List<String> verdicts(JsonNode reply) {
        List<String> verdicts = new ArrayList<>();
        if (reply.get("results") != null) {
            for (JsonNode each : reply.get("results").values()) {
                verdicts.add(
                        each.get("result") == null
                                ? "error"
                                : String.valueOf(each.get("result")
                                        .get("validationResult")
                                        .get("isValid")
                                        .getBooleanValue()));
            }
        }
        return verdicts;
    }

    /** The excepted groups of the draft, each with the error above it. */
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

    private static JsonNode withDialect(JsonNode schema, String dialect) {
        if (!schema.isObject() || schema.get("$schema") != null) {
            return schema;
        }
        Map<String, JsonNode> members = new LinkedHashMap<>();
        members.put("$schema", JsonNode.createStringNode(dialect));
        schema.entries().forEach(member -> members.put(member.getKey(), member.getValue()));
        return JsonNode.createObjectNode(members);
    }

    private static List<Path> files(String draft) throws IOException {
        try (Stream<Path> files = Files.list(SUITE.resolve(draft))) {
            return files.sorted().toList();
        }
    }
}
