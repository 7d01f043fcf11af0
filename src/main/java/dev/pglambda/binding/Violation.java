package dev.pglambda.binding;

import java.util.Comparator;
import java.util.Objects;

/**
 * One way in which a value is not what a handler takes.
 *
 * @param path names of members in JSON, joined by dots, indexes in brackets; empty for the whole value
 * @param message what is wrong there, such as {@code must not be blank}
 */
record Violation(String path, String message) implements Comparable<Violation> {

    private static final Comparator<Violation> ORDER =
            Comparator.comparing(Violation::path).thenComparing(Violation::message);

    Violation {
        Objects.requireNonNull(path);
        Objects.requireNonNull(message);
    }

    /** The path of a member of the value at this path. */
    static String child(String path, String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    /** Whether this is about the value at that path, or about a part of it. */
    boolean isWithin(String other) {
        return path.equals(other)
                || other.isEmpty()
                || path.startsWith(other) && (path.charAt(other.length()) == '.' || path.charAt(other.length()) == '[');
    }

    @Override
    public int compareTo(Violation other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return path.isEmpty() ? message : path + ": " + message;
    }
}
