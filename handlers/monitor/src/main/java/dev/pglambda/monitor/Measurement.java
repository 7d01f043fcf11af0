package dev.pglambda.monitor;

import java.util.Objects;

/**
 * The state of the durable calls of one function, or of the whole database.
 *
 * @param dimension {@code Function} or {@code Database}
 * @param name of the function or the database
 * @param oldestSeconds for how long the oldest undelivered item has been due; 0 when none is late
 */
record Measurement(String dimension, String name, long oldestSeconds, Items items) {

    Measurement {
        Objects.requireNonNull(dimension);
        Objects.requireNonNull(name);
        Objects.requireNonNull(items);
    }

    /** How many items are in each state. */
    record Items(long waiting, long running, long dead) {}
}
