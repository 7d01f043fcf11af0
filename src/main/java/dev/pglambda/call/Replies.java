package dev.pglambda.call;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.pglambda.handler.HandlerException;
import dev.pglambda.handler.Outcome;
import dev.pglambda.handler.SqlState;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;

/** Writes the replies of the call contract. Built once per handler; thread-safe. */
public final class Replies<O> {

    private static final JsonFactory FACTORY = new JsonFactory();
    private static final byte[] RESULT = "{\"result\":".getBytes(StandardCharsets.UTF_8);
    private static final byte[] RESULTS = "{\"results\":[".getBytes(StandardCharsets.UTF_8);

    private final ResultWriter<O> writer;

    public Replies(ResultWriter<O> writer) {
        this.writer = writer;
    }

    /** The reply to one item. */
    public Payload result(O result) {
        return sized(result(writer.write(result)));
    }

    /**
     * The reply to a batch. A result that cannot be written is replaced by the error of its item.
     *
     * @param failures gets each error of the reply
     * @throws HandlerException 54000 when the reply is over Lambda's limit
     */
    public Payload results(List<Outcome<O>> outcomes, Consumer<HandlerException> failures) {
        var out = new ByteArrayOutputStream(64 + 256 * outcomes.size());
        out.writeBytes(RESULTS);
        for (int i = 0; i < outcomes.size(); i++) {
            if (i > 0) {
                out.write(',');
            }
            out.writeBytes(entry(outcomes.get(i), failures));
        }
        out.write(']');
        out.write('}');
        return sized(out.toByteArray());
    }

    /** The reply that says why the call failed. */
    public static Payload error(HandlerException error) {
        return new Payload(errorEntry(error));
    }

    private byte[] entry(Outcome<O> outcome, Consumer<HandlerException> failures) {
        try {
            return result(writer.write(outcome.orElseThrow()));
        } catch (HandlerException failure) {
            failures.accept(failure);
            return errorEntry(failure);
        }
    }

    private static byte[] result(byte[] json) {
        var out = new ByteArrayOutputStream(RESULT.length + json.length + 1);
        out.writeBytes(RESULT);
        out.writeBytes(json);
        out.write('}');
        return out.toByteArray();
    }

    private static Payload sized(byte[] reply) {
        if (reply.length > Payload.MOST_BYTES) {
            throw new HandlerException(
                    SqlState.PROGRAM_LIMIT_EXCEEDED,
                    "the reply has " + reply.length + " bytes, and the limit of Lambda is " + Payload.MOST_BYTES,
                    "",
                    "Send fewer or smaller items in one call.");
        }
        return new Payload(reply);
    }

    private static byte[] errorEntry(HandlerException error) {
        boolean ofSession = SqlState.isOfSession(error.sqlState());
        String detail = error.detail().orElse(null);
        if (ofSession) {
            String code = "The function gave SQLSTATE " + error.sqlState() + ".";
            detail = detail == null ? code : detail + " " + code;
        }
        var out = new ByteArrayOutputStream(512);
        try (JsonGenerator json = FACTORY.createGenerator(out)) {
            json.writeStartObject();
            json.writeObjectFieldStart("error");
            json.writeStringField("sqlstate", ofSession ? SqlState.EXTERNAL_ROUTINE_EXCEPTION : error.sqlState());
            json.writeStringField("message", error.getMessage());
            json.writeStringField("detail", detail);
            json.writeStringField("hint", error.hint().orElse(null));
            json.writeEndObject();
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
