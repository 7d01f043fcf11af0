package dev.pglambda.call;

import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * A request or a reply as Lambda carries it: JSON in UTF-8, not parsed, so numbers keep every digit.
 *
 * @param json the bytes; not copied, so they must not change afterwards
 */
public record Payload(byte[] json) {

    /** Lambda's limit for the request, and for the reply, of a synchronous call. */
    public static final int MOST_BYTES = 6_291_556;

    public Payload {
        Objects.requireNonNull(json);
    }

    public static Payload of(String json) {
        return new Payload(json.getBytes(StandardCharsets.UTF_8));
    }

    /** The JSON text. */
    public String text() {
        return new String(json, StandardCharsets.UTF_8);
    }

    /** The size only: a payload may hold what must not be logged. */
    @Override
    public String toString() {
        return "Payload[" + json.length + " bytes]";
    }
}
