package dev.pglambda.local.lambda.process;

import dev.pglambda.local.lambda.code.UnpackedCode;
import dev.pglambda.local.lambda.log.InvocationLog;
import dev.pglambda.local.lambda.runtime.FunctionCommand;
import dev.pglambda.local.lambda.runtime.RuntimeApi;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;

/** The parts of a started environment: the process, its runtime API, its log, and its use of the code. */
final class EnvironmentProcess {

    private final RunnerResources resources;
    private final UnpackedCode code;
    private final RuntimeApi api;
    private final Process process;
    private final InvocationLog log;

    private EnvironmentProcess(RunnerResources resources, FunctionCommand command, RuntimeApi api, Process process) {
        this.resources = resources;
        this.code = command.code();
        this.api = api;
        this.process = process;
        this.log = new InvocationLog(command.function().description(), process.getInputStream(), resources.logSink());
        code.retain();
        resources.output().add(log);
    }

    static EnvironmentProcess start(
            RunnerResources resources, FunctionCommand command, String version, RuntimeApi.Listener listener)
            throws IOException {
        RuntimeApi api = new RuntimeApi(listener);
        try {
            ProcessBuilder builder = command.builder(version);
            builder.environment().put("AWS_LAMBDA_RUNTIME_API", api.address());
            return new EnvironmentProcess(resources, command, api, builder.start());
        } catch (IOException e) {
            api.close();
            throw e;
        }
    }

    InvocationLog log() {
        return log;
    }

    /** Completes when the process has ended, with Lambda's text for the reason. */
    CompletableFuture<String> exit() {
        return process.onExit().thenApply(ended -> status(ended.exitValue()));
    }

    /** Kills the process, with all processes that it has started. */
    void kill() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    /** After the process has ended. */
    void close() {
        log.flush(); // what it printed last
        resources.output().remove(log);
        api.close();
        code.release();
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
