package dev.pglambda.local.lambda.runtime;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.CompletableFuture;

/** The running process of one environment of a function. */
public final class FunctionProcess {

    private final Process process;

    private FunctionProcess(Process process) {
        this.process = process;
    }

    /** Starts the process of a version, which talks to this runtime API. */
    public static FunctionProcess start(FunctionCommand command, String version, RuntimeApi api) throws IOException {
        ProcessBuilder builder = command.builder(version);
        builder.environment().put("AWS_LAMBDA_RUNTIME_API", api.address());
        return new FunctionProcess(builder.start());
    }

    /** Standard output and standard error, in the order in which they were written. */
    public InputStream output() {
        return process.getInputStream();
    }

    /** Completes when the process has ended, with Lambda's words for how. */
    public CompletableFuture<String> exit() {
        return process.onExit().thenApply(ended -> status(ended.exitValue()));
    }

    /** Kills it, with all processes that it has started. */
    public void kill() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    /** Java reports death by signal as 128 and the signal's number. */
    private static String status(int exitValue) {
        return switch (exitValue) {
            case 0 -> "Runtime exited without providing a reason";
            case 128 + 9 -> "Runtime exited with error: signal: killed";
            case 128 + 6 -> "Runtime exited with error: signal: aborted (core dumped)";
            case 128 + 11 -> "Runtime exited with error: signal: segmentation fault (core dumped)";
            case 128 + 15 -> "Runtime exited with error: signal: terminated";
            default -> "Runtime exited with error: exit status " + exitValue;
        };
    }
}
