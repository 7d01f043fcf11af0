package dev.pglambda.local.postgres;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/** Reads the first line of a call: one flat JSON object whose values are strings or null. */
final class CallHeader {

    private static final JsonFactory JSON = new JsonFactory();

    private CallHeader() {}

    /** Null values are absent. */
    static Map<String, String> parse(byte[] line) {
        Map<String, String> header = new HashMap<>();
        try (JsonParser parser = JSON.createParser(line)) {
            expect(parser.nextToken() == JsonToken.START_OBJECT);
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                JsonToken value = parser.nextToken();
                expect(value == JsonToken.VALUE_STRING || value == JsonToken.VALUE_NULL);
                if (value == JsonToken.VALUE_STRING) {
                    header.put(name, parser.getText());
                }
            }
            expect(parser.currentToken() == JsonToken.END_OBJECT);
            return header;
        } catch (IOException e) {
            throw CallFailure.malformedCall();
        }
    }

    private static void expect(boolean condition) {
        if (!condition) {
            throw CallFailure.malformedCall();
        }
    }
}
