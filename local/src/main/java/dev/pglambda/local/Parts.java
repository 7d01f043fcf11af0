package dev.pglambda.local;

import java.util.ArrayDeque;
import java.util.Deque;

/** Closes what has been opened so far, last first, unless all went well and it is to be kept. */
final class Parts implements AutoCloseable {

    private final Deque<AutoCloseable> opened = new ArrayDeque<>();

    <T extends AutoCloseable> T add(T part) {
        opened.push(part);
        return part;
    }

    void keep() {
        opened.clear();
    }

    @Override
    public void close() {
        while (!opened.isEmpty()) {
            try {
                opened.pop().close();
            } catch (Exception e) {
                // The failure that led here is the one to tell.
                System.getLogger(Parts.class.getName()).log(System.Logger.Level.DEBUG, "not closed", e);
            }
        }
    }
}
