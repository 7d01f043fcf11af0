package dev.pglambda.handler;

import java.util.Objects;

/**
 * One way in which a value is not what a handler takes.
 *
 * @param path names joined by dots, indexes in brackets, as Jakarta Validation writes them; empty for the whole value
 * @param message what is wrong there, such as {@code must not be blank}
 */
record Violation(String path, String message) implements Comparable<Violation> {

    Violation {
        Objects.requireNonNull(path);
        Objects.requireNonNull(message);
    }

    @Override
    public int compareTo(Violation other) {
        int byPath = path.compareTo(other.path);
        return byPath != 0 ? byPath : message.compareTo(other.message);
    }

    @Override
    public String toString() {
        return path.isEmpty() ? message : path + ": " + message;
    }
}
