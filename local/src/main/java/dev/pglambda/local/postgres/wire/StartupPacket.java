package dev.pglambda.local.postgres.wire;

import java.nio.ByteBuffer;

/** The first packet of a connection, which has no type: a code, and what belongs to it. */
record StartupPacket(int code, byte[] rest) {

    private static final int VERSION_3 = 3 << 16;
    private static final int CANCEL_REQUEST = 80877102;
    private static final int SSL_REQUEST = 80877103;
    private static final int GSS_REQUEST = 80877104;

    boolean wantsEncryption() {
        return code == SSL_REQUEST || code == GSS_REQUEST;
    }

    boolean isCancel() {
        return code == CANCEL_REQUEST && rest.length == 2 * Integer.BYTES;
    }

    boolean isVersion3() {
        return code == VERSION_3;
    }

    int sessionId() {
        return ByteBuffer.wrap(rest).getInt(0);
    }

    int cancelKey() {
        return ByteBuffer.wrap(rest).getInt(Integer.BYTES);
    }
}
