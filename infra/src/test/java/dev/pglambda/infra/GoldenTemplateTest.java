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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The templates as they were reviewed: every change is visible in the diff of a commit. */
@NeedsNode
class GoldenTemplateTest {

    private static final Path REVIEWED = Path.of("src/test/resources/dev/pglambda/infra");
    private static final ObjectMapper JSON = new ObjectMapper()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);

    @ParameterizedTest
    @ValueSource(strings = {Synthesis.NEW, Synthesis.EXISTING})
    void template_is_the_reviewed_one(String variant) throws IOException {
        String now = normal(Synthesis.template(variant).json());
        Path found = Files.createDirectories(Path.of("target")).resolve(variant + ".template.json");
        Files.writeString(found, now);
        Path reviewed = REVIEWED.resolve(variant + ".template.json");
        assertThat(Files.exists(reviewed) ? Files.readString(reviewed) : "")
                .as("review the difference to infra/" + found + ", then copy it to infra/" + reviewed)
                .isEqualTo(now);
    }

    /** Without what changes with each build: hashes of zips, of CDK's own functions, and of published versions. */
    private static String normal(JsonNode template) throws JsonProcessingException {
        ObjectNode copy = template.deepCopy();
        copy.get("Resources").forEach(resource -> {
            if (resource.get("Metadata") instanceof ObjectNode metadata) {
                metadata.retain("cdk_nag");
            }
        });
        copy.remove("Rules");
        return JSON.writeValueAsString(JSON.convertValue(copy, Map.class))
                        .replaceAll("\\b[0-9a-f]{64}\\b", "<sha256>")
                        .replaceAll("(CurrentVersion[0-9A-F]{8})[0-9a-f]{32}", "$1<version>")
                + "\n";
    }
}
