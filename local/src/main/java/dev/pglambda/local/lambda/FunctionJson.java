package dev.pglambda.local.lambda;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads {@code function.json}: a flat object with exactly the fields of {@link FunctionDefinition}, of which only callable may
 * be left out, for true. */
final class FunctionJson {

    private static final Map<String, Class<?>> FIELDS = Map.of(
            "name", String.class,
            "handler", String.class,
            "description", String.class,
            "memoryMb", Integer.class,
            "timeoutSeconds", Integer.class,
            "database", Boolean.class,
            "callable", Boolean.class);

    private static final Map<Class<?>, String> TYPE_NAMES =
            Map.of(String.class, "text", Integer.class, "a whole number", Boolean.class, "true or false");

    private final Map<String, Object> values = new LinkedHashMap<>();
    private final List<String> mistakes = new ArrayList<>();

    private FunctionJson() {}

    static FunctionDefinition read(Path file) throws IOException {
        FunctionJson json = new FunctionJson();
        try (JsonParser parser = Payloads.JSON.createParser(Files.readAllBytes(file))) {
            parser.enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION.mappedFeature());
            json.readFields(parser);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    e.getOriginalMessage() + " in line " + e.getLocation().getLineNr(), e);
        }
        return json.definition();
    }

    private void readFields(JsonParser parser) throws IOException {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            throw new IllegalArgumentException("must be a JSON object");
        }
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            JsonToken token = parser.nextToken();
            Object value = value(parser, token);
            if (!FIELDS.containsKey(name)) {
                mistakes.add("unknown field " + name);
            } else if (!FIELDS.get(name).isInstance(value)) {
                mistakes.add(name + " must be " + TYPE_NAMES.get(FIELDS.get(name)));
            }
            values.put(name, value);
        }
    }

    private static Object value(JsonParser parser, JsonToken token) throws IOException {
        return switch (token) {
            case VALUE_STRING -> parser.getText();
            case VALUE_NUMBER_INT -> parser.getNumberType() == JsonParser.NumberType.INT ? parser.getIntValue() : token;
            case VALUE_TRUE, VALUE_FALSE -> parser.getBooleanValue();
            default -> {
                parser.skipChildren();
                yield token; // of no type that a field may have
            }
        };
    }

    private FunctionDefinition definition() {
        values.putIfAbsent("callable", true);
        FIELDS.keySet().stream()
                .sorted()
                .filter(name -> !values.containsKey(name))
                .forEach(name -> mistakes.add(name + " is missing"));
        if (!mistakes.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", mistakes));
        }
        return new FunctionDefinition(
                (String) values.get("name"),
                (String) values.get("handler"),
                (String) values.get("description"),
                (Integer) values.get("memoryMb"),
                (Integer) values.get("timeoutSeconds"),
                (Boolean) values.get("database"),
                (Boolean) values.get("callable"));
    }
}
