package dev.pglambda.lambda;

import dev.pglambda.call.Payload;
import io.micronaut.context.ApplicationContext;
import io.micronaut.core.type.Argument;
import io.micronaut.json.JsonMapper;
import io.micronaut.json.tree.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;

/**
 * A function's own description: the function.json that the packaging has put into its zip.
 *
 * @param example an item for rehearsals; empty outside of a zip
 */
record PackagedDescription(String name, Optional<JsonNode> example, JsonMapper json) {

    private static final String RESOURCE = "/META-INF/pglambda/function.json";

    /**
     * The name is the property {@code pglambda.function}, the description's name, or the one derived from the class.
     * When a test has several handlers in one context, the description is ignored.
     */
    static PackagedDescription of(HandlerBean bean, ApplicationContext context) {
        JsonMapper json = context.getBean(JsonMapper.class);
        Optional<JsonNode> file = HandlerBean.definitions(context).size() == 1 ? file(json) : Optional.empty();
        String name = context.getProperty("pglambda.function", String.class)
                .or(() -> file.map(description -> description.get("name")).map(JsonNode::getStringValue))
                .orElseGet(bean::derivedName);
        return new PackagedDescription(name, file.map(description -> description.get("example")), json);
    }

    private static Optional<JsonNode> file(JsonMapper json) {
        try (InputStream file = PackagedDescription.class.getResourceAsStream(RESOURCE)) {
            return file == null
                    ? Optional.empty()
                    : Optional.of(json.readValue(file.readAllBytes(), Argument.of(JsonNode.class)));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + RESOURCE, e);
        }
    }

    /** A call with the example, or with an empty object. */
    Payload exampleRequest() {
        JsonNode item = example.orElseGet(() -> JsonNode.createObjectNode(Map.of()));
        try {
            return new Payload(json.writeValueAsBytes(JsonNode.createObjectNode(Map.of("data", item))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
