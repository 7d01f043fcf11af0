package dev.pglambda.json;

/** A value is valid JSON, but cannot be handled. The message completes "the item …". */
public final class UnfitJsonException extends Exception {

    private static final long serialVersionUID = 1L;

    private final boolean overLimit;
    private final int depth;

    UnfitJsonException(boolean overLimit, String message, int depth) {
        super(message, null, false, false);
        this.overLimit = overLimit;
        this.depth = depth;
    }

    /** Whether the value is over a limit (54000), rather than wrong (22023). */
    public boolean isOverLimit() {
        return overLimit;
    }

    /** How many structures are open at the place where the value was refused. */
    int depth() {
        return depth;
    }
}
