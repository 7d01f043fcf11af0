package dev.pglambda.program;

/**
 * A program of the caller did not end in time, or filled the memory. SQL raises it as 54000.
 *
 * <p>A {@link VirtualMachineError}, because AWS's runtime client reports such an error and then exits: the environment ends
 * before Lambda can freeze it with a program that runs on, and the next call gets a fresh one.
 */
public final class ProgramLimitError extends VirtualMachineError {

    private static final long serialVersionUID = 1L;

    private ProgramLimitError(String message) {
        super(message);
    }

    static ProgramLimitError outOfTime(String name, long millis) {
        return new ProgramLimitError(name + " did not end within " + millis + " ms");
    }

    static ProgramLimitError outOfMemory(String name) {
        return new ProgramLimitError(name + " takes more memory than the function has");
    }

    /** SQL sends the items before this one again, and those from this one on: the bundle reads the number. */
    ProgramLimitError atItem(int number, int of) {
        return new ProgramLimitError(getMessage() + " (item " + number + " of " + of + ")");
    }
}
