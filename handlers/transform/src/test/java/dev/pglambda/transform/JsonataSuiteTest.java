package dev.pglambda.transform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pglambda.program.ProgramLimitError;
import io.micronaut.json.tree.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** JSONata's own test suite, through the handler. A case that must fail may fail with any message. */
class JsonataSuiteTest {

    private static final Path SUITE = Path.of("src/test/resources/jsonata-test-suite");

    /** The cases that cannot pass, each below a comment with the reason. */
    private static final Path EXCEPTED = SUITE.resolve("excepted.txt");

    private static final ByteArrayOutputStream PRINTED = new ByteArrayOutputStream();

    @AutoClose
    static final TransformCalls CALLS = new TransformCalls();

    static PrintStream out;
    static PrintStream err;

    @BeforeAll
    static void catchWhatIsPrinted() {
        out = System.out;
        err = System.err;
        System.setOut(new PrintStream(PRINTED, true));
        System.setErr(System.out);
    }

    @AfterAll
    static void print() {
        System.setOut(out);
        System.setErr(err);
    }

    @Test
    void the_cases_pass() throws IOException {
        Set<String> wrong = new TreeSet<>();
        int run = 0;
        for (Path group : files("groups")) {
            for (JsonNode test : read(group).values()) {
                run++;
                if (!passes(test)) {
                    wrong.add(group.getFileName().toString().replace(".json", "/")
                            + test.get("case").getStringValue());
                }
            }
        }
        Set<String> excepted = Files.readAllLines(EXCEPTED).stream()
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .collect(Collectors.toCollection(TreeSet::new));
        out.printf("JSONata: %d cases, but for %d%n", run, excepted.size());
        assertThat(wrong).isEqualTo(excepted);
        // The library prints the value that was called in place of a function, and nothing else.
        assertThat(PRINTED.toString().lines()).allMatch(line -> line.startsWith("Proc not found "));
    }

    private static boolean passes(JsonNode test) throws IOException {
        Map<String, Object> options = new LinkedHashMap<>();
        options.put("expression", test.get("expr"));
        if (test.get("bindings") != null) {
            options.put("bindings", test.get("bindings"));
        }
        boolean mustFail = test.get("code") != null || test.get("error") != null;
        JsonNode reply;
        try {
            reply = CALLS.parse(CALLS.reply(CALLS.print(data(test)), options, timeoutMs(test)));
        } catch (ProgramLimitError e) {
            return mustFail;
        }
        if (mustFail) {
            return reply.get("error") != null
                    && reply.get("error").get("sqlstate").getStringValue().matches("22023|54000");
        }
        JsonNode expected = test.get("undefinedResult") != null ? JsonNode.nullNode() : test.get("result");
        return reply.get("result") != null && same(reply.get("result"), expected);
    }

    /** Endless cases have a short limit of their own. */
    private static int timeoutMs(JsonNode test) {
        JsonNode limit = test.get("timelimit");
        return limit == null ? 30_000 : Math.max(2_000, limit.getIntValue());
    }

    private static JsonNode data(JsonNode test) throws IOException {
        JsonNode dataset = test.get("dataset");
        if (dataset != null && dataset.isString()) {
            return read(SUITE.resolve("datasets/" + dataset.getStringValue() + ".json"));
        }
        return test.get("data") == null ? JsonNode.nullNode() : test.get("data");
    }

    /** Equal; numbers are equal to 12 digits, because the reference writes doubles in another way. */
    private static boolean same(JsonNode one, JsonNode other) {
        if (one.isNumber() && other.isNumber()) {
            double a = one.getDoubleValue();
            double b = other.getDoubleValue();
            return Math.abs(a - b) <= 1e-12 * Math.max(Math.abs(a), Math.abs(b));
        }
        if (one.isArray() && other.isArray() && one.size() == other.size()) {
            List<JsonNode> others = new ArrayList<>();
            other.values().forEach(others::add);
            int place = 0;
            for (JsonNode element : one.values()) {
                if (!same(element, others.get(place++))) {
                    return false;
                }
            }
            return true;
        }
        if (one.isObject() && other.isObject() && one.size() == other.size()) {
            for (Map.Entry<String, JsonNode> member : one.entries()) {
                JsonNode counterpart = other.get(member.getKey());
                if (counterpart == null || !same(member.getValue(), counterpart)) {
                    return false;
                }
            }
            return true;
        }
        return one.equals(other);
    }

    private static JsonNode read(Path file) throws IOException {
        return CALLS.parse(Files.readString(file));
    }

    private static List<Path> files(String folder) throws IOException {
        try (Stream<Path> files = Files.list(SUITE.resolve(folder))) {
            return files.sorted().toList();
        }
    }
}
