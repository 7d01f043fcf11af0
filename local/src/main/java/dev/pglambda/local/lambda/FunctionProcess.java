package dev.pglambda.local.lambda;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One JVM with a function in it, with the flags and the environment of Lambda's Java runtime and nothing else. */
final class FunctionProcess {

    private static final String NATIVE_CLIENT =
            "com.amazonaws.services.lambda.runtime.api.client.runtimeapi.NativeClient.JNI";

    private final Process process;

    private FunctionProcess(Process process) {
        this.process = process;
    }

    static FunctionProcess start(
            ZipFunction function, String version, UnpackedCode code, PlatformJars jars, String runtimeApi)
            throws IOException {
        return new FunctionProcess(builder(function, version, code, jars, runtimeApi, Jvm.running())
                .start());
    }

    static ProcessBuilder builder(
            ZipFunction function, String version, UnpackedCode code, PlatformJars jars, String runtimeApi, Jvm jvm) {
        PlatformJars platform = code.trained().map(Trained::jars).orElse(jars);
        ProcessBuilder builder = new ProcessBuilder(command(function.definition(), code, platform, jvm))
                .directory(code.taskRoot().toFile())
                .redirectErrorStream(true);
        Map<String, String> environment = builder.environment();
        environment.clear();
        environment.putAll(function.environment());
        environment.putAll(reserved(function.definition(), version, code, runtimeApi, jvm));
        return builder;
    }

    /** Standard output and standard error, in the order in which they were written. */
    InputStream output() {
        return process.getInputStream();
    }

    CompletableFuture<String> exit() {
        return process.onExit().thenApply(ended -> status(ended.exitValue()));
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** With all that it started. */
    void kill() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    /** The most memory it ever had, where the system tells; else 0. */
    int maxMemoryMb() {
        return PeakMemory.kilobytes(process) / 1024;
    }

    private static List<String> command(FunctionDefinition definition, UnpackedCode code, PlatformJars jars, Jvm jvm) {
        List<String> command = new ArrayList<>();
        command.add(jvm.executable());
        command.add("-XX:MaxHeapSize=" + definition.memoryMb() * 1024L * 85 / 100 + "k");
        // What a JVM begins with on a machine of that memory; on this one it would take a share of all there is.
        command.add("-XX:InitialHeapSize=" + definition.memoryMb() * 1024L / 64 + "k");
        command.add("-XX:+UseSerialGC");
        command.add("-XX:TieredStopAtLevel=1");
        // Lambda also says -Xshare:auto, which is the default, and which a JVM that writes a cache does not take.
        code.trained().ifPresent(trained -> command.addAll(trained.flags()));
        command.add("-XX:-UsePerfData"); // no file in /tmp for each process
        command.add("-Dfile.encoding=UTF-8"); // Lambda's locale, also where this machine has none
        if (jvm.feature() >= 22) {
            command.add("--enable-native-access=ALL-UNNAMED");
        }
        jars.nativeClient().ifPresent(library -> command.add("-D" + NATIVE_CLIENT + "=" + library));
        command.add("-cp");
        // Lambda's own jars first: there, the class loader of the function asks that of the runtime first.
        command.add(Stream.concat(jars.classPath().stream(), code.classPath().stream())
                .map(Path::toString)
                .collect(Collectors.joining(System.getProperty("path.separator"))));
        command.add(RuntimeLauncher.class.getName());
        command.add(definition.handler());
        return command;
    }

    private static Map<String, String> reserved(
            FunctionDefinition definition, String version, UnpackedCode code, String runtimeApi, Jvm jvm) {
        return Map.ofEntries(
                Map.entry("AWS_LAMBDA_RUNTIME_API", runtimeApi),
                Map.entry("_HANDLER", definition.handler()),
                Map.entry("LAMBDA_TASK_ROOT", code.taskRoot().toString()),
                Map.entry("AWS_LAMBDA_FUNCTION_NAME", definition.name()),
                Map.entry("AWS_LAMBDA_FUNCTION_VERSION", version),
                Map.entry("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", Integer.toString(definition.memoryMb())),
                Map.entry("AWS_LAMBDA_INITIALIZATION_TYPE", "on-demand"),
                Map.entry("AWS_LAMBDA_LOG_GROUP_NAME", logGroup(definition)),
                Map.entry("AWS_LAMBDA_LOG_STREAM_NAME", logStream(version)),
                Map.entry("AWS_EXECUTION_ENV", "AWS_Lambda_java" + jvm.feature()),
                Map.entry("AWS_REGION", FunctionArn.REGION),
                Map.entry("AWS_DEFAULT_REGION", FunctionArn.REGION),
                // Nobody checks them: there is no AWS behind this platform.
                Map.entry("AWS_ACCESS_KEY_ID", "local"),
                Map.entry("AWS_SECRET_ACCESS_KEY", "local"),
                Map.entry("AWS_SESSION_TOKEN", "local"),
                Map.entry("LANG", "en_US.UTF-8"),
                Map.entry("TZ", ":UTC"),
                Map.entry("PATH", "/usr/local/bin:/usr/bin:/bin:/opt/bin"));
    }

    static String logGroup(FunctionDefinition definition) {
        return "/aws/lambda/" + definition.name();
    }

    static String logStream(String version) {
        LocalDate today = LocalDate.now();
        return "%04d/%02d/%02d/[%s]%s"
                .formatted(
                        today.getYear(),
                        today.getMonthValue(),
                        today.getDayOfMonth(),
                        version,
                        UUID.randomUUID().toString().replace("-", ""));
    }

    /** As Lambda puts it; Java reports death by signal as 128 and its number. */
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
