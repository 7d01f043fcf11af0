package dev.pglambda.local.postgres.wire;

import dev.pglambda.local.lambda.api.Payloads;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.ProtocolException;
import java.net.SocketTimeoutException;
import java.util.Arrays;

/**
 * Reads what a client of the wire protocol sends. No length that a client claims makes this take much memory: over the
 * limits, the bytes are skipped or the connection ends.
 */
final class FrontendReader {

    /** What the first packet of a connection asks for. */
    static final int VERSION_3 = 3 << 16;

    static final int SSL_REQUEST = 80877103;
    static final int GSS_REQUEST = 80877104;

    /** The largest payload and its header. */
    private static final int MAX_QUERY = Payloads.SYNCHRONOUS_LIMIT + 64 * 1024;

    private static final int MAX_LOGIN = 10_000;

    private final BufferedInputStream buffer;
    private final DataInputStream in;

    FrontendReader(BufferedInputStream buffer) {
        this.buffer = buffer;
        this.in = new DataInputStream(buffer);
    }

    /** The code in the first packet; what follows it, such as the user, is not needed. */
    int startup() throws IOException {
        int length = length(MAX_LOGIN);
        if (length < Integer.BYTES) {
            throw new EOFException();
        }
        int code = in.readInt();
        in.skipNBytes(length - Integer.BYTES);
        return code;
    }

    byte[] password() throws IOException {
        if (in.readUnsignedByte() != 'p') {
            throw new ProtocolException("expected a password");
        }
        return text(in.readNBytes(length(MAX_LOGIN)));
    }

    Message message() throws IOException {
        int type = in.readUnsignedByte();
        int length = length(Integer.MAX_VALUE);
        if (length > MAX_QUERY) {
            in.skipNBytes(length);
            return new Message(type, new byte[0], true);
        }
        byte[] body = in.readNBytes(length);
        if (body.length < length) {
            throw new EOFException();
        }
        return new Message(type, text(body), false);
    }

    /** False if the socket's time-out passes before a message begins. */
    boolean awaitMessage() throws IOException {
        buffer.mark(1);
        try {
            buffer.read();
        } catch (SocketTimeoutException e) {
            return false;
        }
        buffer.reset();
        return true;
    }

    /** The length of what follows; on the wire it counts itself. */
    private int length(int limit) throws IOException {
        int length = in.readInt() - Integer.BYTES;
        if (length < 0 || length > limit) {
            throw new ProtocolException("a length of " + length);
        }
        return length;
    }

    /** Without the closing NUL. */
    private static byte[] text(byte[] body) {
        boolean closed = body.length > 0 && body[body.length - 1] == 0;
        return closed ? Arrays.copyOf(body, body.length - 1) : body;
    }

    /**
     * A message after the login.
     *
     * @param tooLarge the text was over the limit and has been skipped
     */
    record Message(int type, byte[] text, boolean tooLarge) {}
}
