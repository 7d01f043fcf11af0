package dev.pglambda.local.lambda.process;

import dev.pglambda.local.lambda.code.UnpackedCode;
import dev.pglambda.local.lambda.log.InvocationLog;
import dev.pglambda.local.lambda.runtime.FunctionCommand;
import dev.pglambda.local.lambda.runtime.FunctionProcess;
import dev.pglambda.local.lambda.runtime.RuntimeApi;
import java.io.IOException;

/** What a started environment consists of: the process, its runtime API, its log, and a hold on its code. */
final class EnvironmentProcess {

    private final RunnerResources resources;
    private final UnpackedCode code;
    private final RuntimeApi api;
    private final FunctionProcess process;
    private final InvocationLog log;

    private EnvironmentProcess(
            RunnerResources resources, FunctionCommand command, RuntimeApi api, FunctionProcess process) {
        this.resources = resources;
        this.code = command.code();
        this.api = api;
        this.process = process;
        this.log = new InvocationLog(command.function().description(), process.output(), resources.logSink());
        code.retain();
        resources.output().add(log);
    }

    static EnvironmentProcess start(
            RunnerResources resources, FunctionCommand command, String version, RuntimeApi.Listener listener)
            throws IOException {
        RuntimeApi api = new RuntimeApi(listener);
        try {
            FunctionProcess process = FunctionProcess.start(command, version, api);
            return new EnvironmentProcess(resources, command, api, process);
        } catch (IOException e) {
            api.close();
            throw e;
        }
    }

    FunctionProcess process() {
        return process;
    }

    InvocationLog log() {
        return log;
    }

    /** After the process has ended. */
    void close() {
        log.flush(); // what it printed last
        resources.output().remove(log);
        api.close();
        code.release();
    }
}
