package dev.pglambda.program;

/**
 * A program of the caller did not end in time, or filled the memory. SQL raises it as 54000.
 *
 * <p>A {@link VirtualMachineError}, because AWS's runtime client reports such an error and then exits: the environment ends
 * before Lambda can freeze it with a program that runs on, and the next call gets a fresh one.
 */
public final class ProgramLimitError extends VirtualMachineError {

    private static final long serialVersionUID = 1L;

    ProgramLimitError(String message) {
        super(message);
    }

    static ProgramLimitError outOfMemory(String name) {
        return new ProgramLimitError(name + " takes more memory than the function has");
    }
}
