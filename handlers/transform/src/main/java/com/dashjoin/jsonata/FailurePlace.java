package com.dashjoin.jsonata;

import com.dashjoin.jsonata.Parser.Symbol;

/** Where in an expression its evaluation failed: at the innermost part, which the failure leaves first. */
final class FailurePlace {

    private Throwable failure;
    private int place;

    /** Remembers the part that a failure leaves, unless it has left an inner one, and says so where the library has not. */
    void note(RuntimeException e, Symbol part) {
        if (isKnown(e)) {
            return;
        }
        failure = e;
        place = part.position;
        // Functions have no way to know it, and some give another number instead.
        if (e instanceof JException mistake && (mistake.location <= 0 || "function".equals(part.type))) {
            mistake.location = place;
        }
    }

    /** After which character of the expression the failure came up; 0 for one that no part has left. */
    int of(Throwable e) {
        return isKnown(e) ? place : 0;
    }

    /** The library wraps failures, in places. */
    private boolean isKnown(Throwable e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause == failure) {
                return true;
            }
        }
        return false;
    }
}
