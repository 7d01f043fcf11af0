package dev.pglambda.handler;

import io.micronaut.serde.annotation.Serdeable;

/** The options of a handler that takes none: any option sent to it is an error. */
@Serdeable
public record NoOptions() {

    static final NoOptions NONE = new NoOptions();
}
