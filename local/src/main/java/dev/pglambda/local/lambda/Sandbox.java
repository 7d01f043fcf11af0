package dev.pglambda.local.lambda;

import java.io.IOException;

/** What an environment consists of while it runs: the process, the runtime API that it talks to, and its log. */
final class Sandbox {

    private final Machinery machinery;
    private final UnpackedCode code;
    private final RuntimeApi api;
    private final FunctionProcess process;
    private final InvocationLog log;
    private final Accounting accounting;

    private Sandbox(
            Machinery machinery, ZipFunction function, UnpackedCode code, RuntimeApi api, FunctionProcess process) {
        this.machinery = machinery;
        this.code = code;
        this.api = api;
        this.process = process;
        FunctionDefinition definition = function.definition();
        log = new InvocationLog(
                definition.name(), process.output(), machinery.settings().logSink());
        accounting = new Accounting(definition, log, process::maxMemoryMb);
        code.retain();
        machinery.pump().add(log);
    }

    static Sandbox start(
            Machinery machinery,
            ZipFunction function,
            String version,
            UnpackedCode code,
            RuntimeApi.Environment environment)
            throws IOException {
        RuntimeApi api = new RuntimeApi(environment, machinery.executor());
        try {
            FunctionProcess process = FunctionProcess.start(function, version, code, machinery.jars(), api.address());
            return new Sandbox(machinery, function, code, api, process);
        } catch (IOException e) {
            api.close();
            throw e;
        }
    }

    FunctionProcess process() {
        return process;
    }

    Accounting accounting() {
        return accounting;
    }

    /** When the process has ended. */
    void close() {
        log.end(); // its last words
        machinery.pump().remove(log);
        api.close();
        code.release();
    }
}
