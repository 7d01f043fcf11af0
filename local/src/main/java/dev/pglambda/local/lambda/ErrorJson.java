package dev.pglambda.local.lambda;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Writes the errors that Lambda itself reports for a function, as its runtimes spell them. */
final class ErrorJson {

    static final String TIMED_OUT = "Sandbox.Timedout";
    static final String EXITED = "Runtime.ExitError";
    static final String REPLY_TOO_LARGE = "Function.ResponseSizeTooLarge";

    private ErrorJson() {}

    static byte[] of(String errorType, String message) {
        return write(json -> {
            json.writeStringField("errorType", errorType);
            json.writeStringField("errorMessage", message);
        });
    }

    static byte[] of(Throwable failure) {
        String message = failure.getMessage();
        return write(json -> {
            json.writeStringField(
                    "errorMessage", message == null ? failure.getClass().getName() : message);
            json.writeStringField("errorType", failure.getClass().getName());
            json.writeArrayFieldStart("stackTrace");
            for (StackTraceElement element : failure.getStackTrace()) {
                json.writeString(element.toString());
            }
            json.writeEndArray();
        });
    }

    private static byte[] write(Fields fields) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = Payloads.JSON.createGenerator(bytes)) {
            json.writeStartObject();
            fields.writeTo(json);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e); // memory does not fail
        }
        return bytes.toByteArray();
    }

    @FunctionalInterface
    private interface Fields {
        void writeTo(JsonGenerator json) throws IOException;
    }
}
