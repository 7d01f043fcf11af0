package dev.pglambda.handler;

/**
 * Counts the steps of work that must end at a deadline, and looks at the clock and at the memory every so many of them: a look
 * costs as much as a few steps. Not thread-safe.
 */
public final class Pace {

    /** How many steps are made between two looks. */
    private static final int STRIDE = 64;

    private final Deadline deadline;
    private int untilLook = STRIDE;

    public Pace(Deadline deadline) {
        this.deadline = deadline;
    }

    /** One more step of some 100 ns; fails as {@link #check()} does. */
    public void step() {
        steps(1);
    }

    /** So many steps at once. */
    public void steps(int count) {
        untilLook -= count;
        if (untilLook <= 0) {
            untilLook = STRIDE;
            check();
        }
    }

    /** {@link OutOfTime} when there is no time left, {@link OutOfMemoryError} when there is no room. */
    public void check() {
        OutOfTime.check(deadline);
        Heap.check();
    }

    public Deadline deadline() {
        return deadline;
    }
}
