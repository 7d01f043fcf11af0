package dev.pglambda.local.postgres.wire;

import java.util.Arrays;

/**
 * One message of a client that has logged in.
 *
 * @param tooLarge the body was over the limit and has been skipped
 */
record FrontendMessage(int type, byte[] body, boolean tooLarge) {

    /** The body of a query: a string up to its closing NUL. */
    byte[] text() {
        int end = body.length > 0 && body[body.length - 1] == 0 ? body.length - 1 : body.length;
        return Arrays.copyOf(body, end);
    }
}
