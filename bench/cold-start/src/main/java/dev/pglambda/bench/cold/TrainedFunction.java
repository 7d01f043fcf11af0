package dev.pglambda.bench.cold;

import dev.pglambda.local.lambda.api.FunctionArn;
import dev.pglambda.local.lambda.code.UnpackedCode;
import dev.pglambda.local.lambda.code.ZipFunction;
import dev.pglambda.local.lambda.runtime.FunctionCommand;
import dev.pglambda.local.lambda.runtime.Jvm;
import dev.pglambda.local.lambda.runtime.ProcessUnderTest;
import dev.pglambda.local.lambda.runtime.RuntimeJars;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A function unpacked to a directory, for one JVM: its process without a cache, and with one. A cache holds what the
 * JVM loaded, linked and profiled in calls under AWS's runtime client: an ahead-of-time cache from JDK 25 on (JEP 514),
 * an archive of classes before. It fits only the class path of this directory.
 */
record TrainedFunction(ZipFunction function, Jvm jvm, Path directory, UnpackedCode code, RuntimeJars jars) {

    private static final int AOT_SINCE = 25;
    private static final int CALLS = 50;

    static TrainedFunction unpack(ZipFunction function, Jvm jvm, Path directory) throws IOException {
        Files.createDirectories(directory);
        return new TrainedFunction(
                function,
                jvm,
                directory,
                UnpackedCode.unpack(function.zip(), function.layers(), directory.resolve("code")),
                RuntimeJars.in(directory));
    }

    ProcessBuilder withoutCache() {
        return process(List.of());
    }

    /** As Lambda starts it with SnapStart: runs its hooks, then waits to be restored. */
    ProcessBuilder withSnapStart() {
        // As Lambda's managed runtime does, so that org.crac finds the hooks of its runtime client.
        ProcessBuilder process = process(List.of("-Dorg.crac.Core.Compat=com.amazonaws.services.lambda.crac"));
        process.environment().put("AWS_LAMBDA_INITIALIZATION_TYPE", "snap-start");
        return process;
    }

    /** Trains first, with calls of this event; takes a few seconds. */
    ProcessBuilder withCache(String event) throws IOException, InterruptedException {
        boolean aot = jvm.feature() >= AOT_SINCE;
        Path cache = directory.resolve("cache");
        String output = (aot ? "-XX:AOTCacheOutput=" : "-XX:ArchiveClassesAtExit=") + cache;
        try (ProcessUnderTest training = ProcessUnderTest.start(function.name(), process(List.of(output)))) {
            for (int i = 0; i < CALLS; i++) {
                training.call(event);
            }
            training.end();
            if (!Files.isReadable(cache)) {
                throw new IOException("the JVM wrote no cache:\n" + training.output());
            }
        }
        return process(
                aot
                        ? List.of("-XX:AOTCache=" + cache, "-Xlog:aot=off,cds=off")
                        : List.of("-XX:SharedArchiveFile=" + cache, "-Xlog:cds=off"));
    }

    private ProcessBuilder process(List<String> flags) {
        return new FunctionCommand(function, code, jars, jvm, flags).builder(FunctionArn.LATEST);
    }
}
