package dev.pglambda.local.lambda.log;

import java.util.Arrays;
import java.util.Base64;

/** The last 4 KB of what was appended. Not thread-safe. */
final class LogTail {

    private static final int SIZE = 4096;

    private final byte[] bytes = new byte[SIZE];
    private int length;

    void clear() {
        length = 0;
    }

    void append(byte[] source, int offset, int count) {
        if (count >= SIZE) {
            System.arraycopy(source, offset + count - SIZE, bytes, 0, SIZE);
            length = SIZE;
            return;
        }
        int excess = length + count - SIZE;
        if (excess > 0) {
            System.arraycopy(bytes, excess, bytes, 0, length - excess);
            length -= excess;
        }
        System.arraycopy(source, offset, bytes, length, count);
        length += count;
    }

    String base64() {
        return Base64.getEncoder().encodeToString(Arrays.copyOf(bytes, length));
    }
}
