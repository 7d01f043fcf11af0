package dev.pglambda.handler;

/**
 * A text that stops a regular expression which backtracks beyond the deadline, with {@link OutOfTime}: Java's engine cannot
 * be interrupted. Not thread-safe.
 */
public final class TimedText implements CharSequence {

    /** How many characters are read between two looks at the clock. */
    private static final int STRIDE = 4096;

    private final String text;
    private final Deadline deadline;
    private int untilLook = STRIDE;

    public TimedText(String text, Deadline deadline) {
        this.text = text;
        this.deadline = deadline;
    }

    @Override
    public char charAt(int index) {
        if (--untilLook == 0) {
            untilLook = STRIDE;
            OutOfTime.check(deadline);
        }
        return text.charAt(index);
    }

    @Override
    public int length() {
        return text.length();
    }

    @Override
    public CharSequence subSequence(int start, int end) {
        return text.substring(start, end);
    }

    @Override
    public String toString() {
        return text;
    }
}
