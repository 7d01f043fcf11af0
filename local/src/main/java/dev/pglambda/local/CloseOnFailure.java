package dev.pglambda.local;

import java.util.ArrayDeque;
import java.util.Deque;

/** Closes what has been opened so far, last first, unless {@link #keep} was called. */
final class CloseOnFailure implements AutoCloseable {

    private final Deque<AutoCloseable> opened = new ArrayDeque<>();

    <T extends AutoCloseable> T add(T resource) {
        opened.push(resource);
        return resource;
    }

    /** All went well. */
    void keep() {
        opened.clear();
    }

    @Override
    public void close() {
        while (!opened.isEmpty()) {
            try {
                opened.pop().close();
            } catch (Exception e) {
                // The user needs to know of the failure that led here, not of this one.
                System.getLogger(CloseOnFailure.class.getName()).log(System.Logger.Level.DEBUG, "not closed", e);
            }
        }
    }
}
