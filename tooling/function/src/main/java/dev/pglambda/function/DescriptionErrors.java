package dev.pglambda.function;

import java.util.ArrayList;
import java.util.List;

/** Collects what is wrong with a description, so that one message names all of it. Not thread-safe. */
final class DescriptionErrors {

    private final List<String> found = new ArrayList<>();

    void add(String mistake) {
        found.add(mistake);
    }

    void addUnless(boolean condition, String mistake) {
        if (!condition) {
            found.add(mistake);
        }
    }

    void addUnlessWithin(String member, int value, int min, int max) {
        addUnless(value >= min && value <= max, member + " must be " + min + " to " + max + ", not " + value);
    }

    void throwIfAny() {
        if (!found.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", found));
        }
    }
}
