package dev.pglambda.validate;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A value in a set of values. Comparing ends at the {@link RunDeadline}: it is easy to find a hundred thousand values of one
 * hash, of which each would be compared with every other.
 */
record TimedValue(JsonNode node) {

    @Override
    public boolean equals(Object other) {
        RunDeadline.step();
        return other instanceof TimedValue value && node.equals(value.node);
    }

    @Override
    public int hashCode() {
        return node.hashCode();
    }
}
