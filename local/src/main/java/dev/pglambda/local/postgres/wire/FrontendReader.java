package dev.pglambda.local.postgres.wire;

import dev.pglambda.local.lambda.api.Payloads;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
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

    /** The largest payload and its header. */
    private static final int MAX_QUERY = Payloads.SYNCHRONOUS_LIMIT + 64 * 1024;

    private static final int MAX_LOGIN = 10_000;

    private final BufferedInputStream buffer;
    private final DataInputStream in;

    FrontendReader(BufferedInputStream buffer) {
        this.buffer = buffer;
        this.in = new DataInputStream(buffer);
    }

    StartupPacket startup() throws IOException {
        byte[] body = in.readNBytes(length(MAX_LOGIN));
        if (body.length < Integer.BYTES) {
            throw new EOFException();
        }
        int code = new DataInputStream(new ByteArrayInputStream(body)).readInt();
        return new StartupPacket(code, Arrays.copyOfRange(body, Integer.BYTES, body.length));
    }

    byte[] password() throws IOException {
        if (in.readUnsignedByte() != 'p') {
            throw new ProtocolException("expected a password");
        }
        int length = length(MAX_LOGIN);
        return new FrontendMessage('p', in.readNBytes(length), false).text();
    }

    FrontendMessage message() throws IOException {
        int type = in.readUnsignedByte();
        int length = length(Integer.MAX_VALUE);
        if (length > MAX_QUERY) {
            in.skipNBytes(length);
            return new FrontendMessage(type, new byte[0], true);
        }
        byte[] body = in.readNBytes(length);
        if (body.length < length) {
            throw new EOFException();
        }
        return new FrontendMessage(type, body, false);
    }

    /** False when the socket's time-out passes before a message begins. */
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
}
