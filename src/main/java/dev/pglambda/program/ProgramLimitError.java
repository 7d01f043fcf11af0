package dev.pglambda.program;

import java.util.List;

/**
 * A program of the caller did not end in time, or filled the memory. SQL raises it as 54000.
 *
 * <p>A {@link VirtualMachineError}, because AWS's runtime client reports such an error and then exits. So the
 * environment ends before Lambda can freeze it with a program that still runs, and the next call gets a new one.
 */
public final class ProgramLimitError extends VirtualMachineError {

    private static final long serialVersionUID = 1L;

    private final int item;

    private ProgramLimitError(String message, int item) {
        super(message);
        this.item = item;
    }

    static ProgramLimitError outOfTime(String name, long millis) {
        return new ProgramLimitError(name + " did not end within " + millis + " ms", 0);
    }

    static ProgramLimitError outOfMemory(String name) {
        return new ProgramLimitError(name + " takes more memory than the function has", 0);
    }

    /** The same error with the item at which it came, counted from 0 among those that the handler was given. */
    ProgramLimitError atItem(int index) {
        return new ProgramLimitError(getMessage(), index);
    }

    /**
     * The error of a whole batch, with the item at which it came: SQL sends the items before that one again, and then the
     * others, so the bundle reads the number.
     *
     * @param places the places in the batch, counted from 0, of the items that the handler was given
     */
    public ProgramLimitError inBatch(List<Integer> places, int size) {
        return new ProgramLimitError(getMessage() + " (item " + (places.get(item) + 1) + " of " + size + ")", item);
    }
}
