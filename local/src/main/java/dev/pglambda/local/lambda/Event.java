package dev.pglambda.local.lambda;

/** An invocation that nobody waits for, and how often it was tried. */
record Event(Invocation invocation, int tries) {

    Event again() {
        return new Event(invocation.again(), tries + 1);
    }
}
