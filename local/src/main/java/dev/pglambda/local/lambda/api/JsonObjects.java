package dev.pglambda.local.lambda.api;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

/** JSON objects in memory, where writing cannot fail. */
public final class JsonObjects {

    private JsonObjects() {}

    public static byte[] bytes(Map<String, ?> members) {
        try {
            return JSON.std.asBytes(members);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static String text(Map<String, ?> members) {
        try {
            return JSON.std.asString(members);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@link IOException} if it is not a JSON object. */
    public static Map<String, Object> read(byte[] json) throws IOException {
        return required(JSON.std.mapFrom(json));
    }

    /** The parser reads {@code null} as no object. */
    static Map<String, Object> required(Map<String, Object> members) throws IOException {
        if (members == null) {
            throw new IOException("null is not an object");
        }
        return members;
    }
}
