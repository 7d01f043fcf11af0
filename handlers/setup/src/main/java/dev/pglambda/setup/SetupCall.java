package dev.pglambda.setup;

import dev.pglambda.handler.Deadline;
import java.util.Objects;

/** An event, and until when it must be done. */
record SetupCall(SetupEvent event, Deadline deadline) {

    SetupCall {
        Objects.requireNonNull(event);
        Objects.requireNonNull(deadline);
    }
}
