package dev.pglambda.monitor;

import java.util.Objects;

/**
 * How the items of one function stand, or those of the whole database.
 *
 * @param dimension of what: {@code Function} or {@code Database}
 * @param name which one
 * @param oldestSeconds for how long the oldest undelivered item has been due; 0 when none is late
 */
record Measurement(String dimension, String name, long oldestSeconds, Items items) {

    Measurement {
        Objects.requireNonNull(dimension);
        Objects.requireNonNull(name);
        Objects.requireNonNull(items);
    }

    /** How many are in which state. */
    record Items(long waiting, long running, long dead) {}
}
