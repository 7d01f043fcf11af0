package dev.pglambda.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The templates as they were reviewed: every change is visible in the diff of a commit. Of variants, what the option changes
 * in the template without it.
 */
@NeedsNode
class GoldenTemplateTest {

    private static final Path REVIEWED = Path.of("src/test/resources/dev/pglambda/infra");
    private static final ObjectMapper JSON = new ObjectMapper()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);

    @ParameterizedTest
    @ValueSource(strings = {Synthesis.NEW, Synthesis.EXISTING})
    void template_is_the_reviewed_one(String variant) throws IOException {
        assertReviewed(variant + ".template.json", normal(variant));
    }

    @ParameterizedTest
    @CsvSource({
        "large, new-cluster",
        "new-cluster-iam, new-cluster",
        "new-instance, new-cluster",
        "existing-cluster-with-endpoints, existing-cluster",
        "existing-instance-iam, existing-cluster"
    })
    void an_option_changes_what_was_reviewed(String variant, String without) throws IOException {
        ObjectNode changes = JSON.createObjectNode();
        difference("", normal(without), normal(variant), changes);
        assertReviewed(variant + ".changes.json", changes);
    }

    private static void assertReviewed(String name, JsonNode json) throws IOException {
        String now = JSON.writeValueAsString(JSON.convertValue(json, Map.class)) + "\n";
        Path found = Files.createDirectories(Path.of("target")).resolve(name);
        Files.writeString(found, now);
        Path reviewed = REVIEWED.resolve(name);
        assertThat(Files.exists(reviewed) ? Files.readString(reviewed) : "")
                .as("review the difference to infra/" + found + ", then copy it to infra/" + reviewed)
                .isEqualTo(now);
    }

    /** Each value that was set, by its path; null where there is none any more. */
    private static void difference(String path, JsonNode before, JsonNode after, ObjectNode changes) {
        if (!before.isObject() || !after.isObject()) {
            if (!before.equals(after)) {
                changes.set(path, after.isMissingNode() ? changes.nullNode() : after);
            }
            return;
        }
        Set<String> names = new TreeSet<>();
        before.fieldNames().forEachRemaining(names::add);
        after.fieldNames().forEachRemaining(names::add);
        names.forEach(name -> difference(path + "/" + name, before.path(name), after.path(name), changes));
    }

    /** Without what changes with each build: hashes of zips, of CDK's own functions, and of published versions. */
    private static JsonNode normal(String variant) throws JsonProcessingException {
        ObjectNode copy = Synthesis.template(variant).json().deepCopy();
        copy.get("Resources").forEach(resource -> {
            if (resource.get("Metadata") instanceof ObjectNode metadata) {
                metadata.retain("cdk_nag");
            }
        });
        copy.remove("Rules");
        return JSON.readTree(JSON.writeValueAsString(copy)
                .replaceAll("\\b[0-9a-f]{64}\\b", "<sha256>")
                .replaceAll("(CurrentVersion[0-9A-F]{8})[0-9a-f]{32}", "$1<version>"));
    }
}
