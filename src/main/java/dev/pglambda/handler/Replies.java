package dev.pglambda.handler;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.micronaut.core.type.Argument;
import io.micronaut.json.JsonMapper;
import io.micronaut.serde.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Writes replies of the call contract. Built once per handler; thread-safe. */
final class Replies<O> {

    private static final JsonFactory FACTORY = new JsonFactory();
    private static final byte[] RESULT = "{\"result\":".getBytes(StandardCharsets.UTF_8);
    private static final byte[] RESULTS = "{\"results\":[".getBytes(StandardCharsets.UTF_8);

    private final JsonMapper mapper;
    private final Argument<O> type;

    Replies(ObjectMapper mapper, Class<O> type) {
        this.type = Argument.of(type);
        // The serializer is looked up now instead of at every call.
        this.mapper = mapper.createSpecific(this.type);
    }

    Payload result(O result) {
        var out = new ByteArrayOutputStream(512);
        write(Outcome.success(result), out);
        return sized(out);
    }

    Payload results(List<Outcome<O>> outcomes) {
        var out = new ByteArrayOutputStream(64 + 256 * outcomes.size());
        out.writeBytes(RESULTS);
        for (int i = 0; i < outcomes.size(); i++) {
            if (i > 0) {
                out.write(',');
            }
            write(outcomes.get(i), out);
        }
        out.write(']');
        out.write('}');
        return sized(out);
    }

    Payload error(HandlerException error) {
        var out = new ByteArrayOutputStream(512);
        writeError(error, out);
        return new Payload(out.toByteArray());
    }

    private Payload sized(ByteArrayOutputStream out) {
        if (out.size() > Payload.MOST_BYTES) {
            return error(new HandlerException(
                    SqlState.PROGRAM_LIMIT_EXCEEDED,
                    "the reply has " + out.size() + " bytes, and Lambda lets " + Payload.MOST_BYTES + " through",
                    "",
                    "Send fewer or smaller items in one call."));
        }
        return new Payload(out.toByteArray());
    }

    private void write(Outcome<O> outcome, ByteArrayOutputStream out) {
        if (outcome instanceof Outcome.Failure<O> failure) {
            writeError(failure.error(), out);
        } else if (outcome instanceof Outcome.Success<O> success) {
            out.writeBytes(RESULT);
            try {
                out.writeBytes(mapper.writeValueAsBytes(type, success.result()));
            } catch (IOException e) {
                throw new UncheckedIOException("the result of type " + type.getTypeName() + " cannot be written", e);
            }
            out.write('}');
        }
    }

    private static void writeError(HandlerException error, ByteArrayOutputStream out) {
        try (JsonGenerator json = FACTORY.createGenerator(out)) {
            json.writeStartObject();
            json.writeObjectFieldStart("error");
            json.writeStringField("sqlstate", error.sqlState());
            json.writeStringField("message", error.getMessage());
            json.writeStringField("detail", error.detail().orElse(null));
            json.writeStringField("hint", error.hint().orElse(null));
            json.writeEndObject();
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
