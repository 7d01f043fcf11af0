package dev.pglambda.local.lambda;

import dev.pglambda.local.lambda.runtime.Invocation;

/** An invocation of type Event, for which nobody waits, and its number of tries. */
record QueuedEvent(Invocation invocation, int tries) {

    String function() {
        return invocation.arn().name();
    }

    QueuedEvent again() {
        return new QueuedEvent(invocation.again(), tries + 1);
    }
}
