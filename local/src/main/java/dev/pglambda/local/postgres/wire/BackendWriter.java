package dev.pglambda.local.postgres.wire;

import dev.pglambda.local.lambda.api.InvokeReply;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * Writes what a backend of the wire protocol sends. Every method ends with a flush. Answers may come from any thread.
 */
final class BackendWriter {

    private static final int TEXT = 25;
    /** In the order of {@code aws_lambda_local.send}. */
    private static final String[] COLUMNS = {
        "status_code", "payload", "executed_version", "log_result",
        "error_code", "error_message", "error_detail", "error_hint"
    };

    private static final byte[] ROW_DESCRIPTION = rowDescription();

    private final DataOutputStream out;

    BackendWriter(OutputStream out) {
        this.out = new DataOutputStream(new BufferedOutputStream(out, 1 << 14));
    }

    void refuseEncryption() throws IOException {
        out.writeByte('N');
        out.flush();
    }

    void askForPassword() throws IOException {
        out.writeByte('R');
        out.writeInt(8);
        out.writeInt(3);
        out.flush();
    }

    /** Without these parameters, libpq and dblink would send statements of their own first. */
    void welcome() throws IOException {
        out.writeByte('R');
        out.writeInt(8);
        out.writeInt(0);
        message('S', "server_version", "17.0");
        message('S', "server_encoding", "UTF8");
        message('S', "client_encoding", "UTF8");
        message('S', "standard_conforming_strings", "on");
        message('S', "integer_datetimes", "on");
        ready();
    }

    synchronized void answer(InvokeReply reply) throws IOException {
        row(
                text(Integer.toString(reply.statusCode())),
                reply.payload().orElse(null),
                reply.executedVersion().isEmpty() ? null : text(reply.executedVersion()),
                reply.logResult().map(BackendWriter::text).orElse(null),
                null,
                null,
                null,
                null);
    }

    /** A failed call is a row too: raised by the extension, it has AWS's CONTEXT and not dblink's. */
    synchronized void answer(CallFailure failure) throws IOException {
        row(
                null,
                null,
                null,
                null,
                text(failure.sqlState()),
                text(failure.getMessage()),
                text(failure.detail()),
                failure.hint().map(BackendWriter::text).orElse(null));
    }

    synchronized void error(String severity, String sqlState, String message) throws IOException {
        message('E', "S" + severity, "V" + severity, "C" + sqlState, "M" + message, "");
        out.flush();
    }

    synchronized void errorAndReady(String sqlState, String message) throws IOException {
        error("ERROR", sqlState, message);
        ready();
    }

    private void row(byte[]... values) throws IOException {
        out.write(ROW_DESCRIPTION);
        int length = Integer.BYTES + Short.BYTES;
        for (byte[] value : values) {
            length += Integer.BYTES + (value == null ? 0 : value.length);
        }
        out.writeByte('D');
        out.writeInt(length);
        out.writeShort(values.length);
        for (byte[] value : values) {
            out.writeInt(value == null ? -1 : value.length);
            if (value != null) {
                out.write(value);
            }
        }
        message('C', "SELECT 1");
        ready();
    }

    private void ready() throws IOException {
        out.writeByte('Z');
        out.writeInt(5);
        out.writeByte('I');
        out.flush();
    }

    private void message(char type, String... strings) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (String string : strings) {
            body.writeBytes(string.getBytes(StandardCharsets.UTF_8));
            body.write(0);
        }
        out.writeByte(type);
        out.writeInt(Integer.BYTES + body.size());
        body.writeTo(out);
    }

    /** PostgreSQL's text has no NUL. */
    private static byte[] text(String value) {
        return value.replace("\0", "").getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] rowDescription() {
        ByteArrayOutputStream fields = new ByteArrayOutputStream();
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(fields);
                DataOutputStream whole = new DataOutputStream(message)) {
            for (String column : COLUMNS) {
                out.write(column.getBytes(StandardCharsets.UTF_8));
                out.writeByte(0);
                out.writeInt(0); // of no table
                out.writeShort(0); // and no column
                out.writeInt(TEXT); // the extension casts each to its type
                out.writeShort(-1); // of no fixed length
                out.writeInt(-1); // no type modifier
                out.writeShort(0); // as text
            }
            whole.writeByte('T');
            whole.writeInt(Integer.BYTES + Short.BYTES + fields.size());
            whole.writeShort(COLUMNS.length);
            fields.writeTo(whole);
            return message.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
