package dev.pglambda.local.lambda.runtime;

import dev.pglambda.function.FunctionDescription;
import dev.pglambda.local.lambda.api.FunctionArn;
import dev.pglambda.local.lambda.code.UnpackedCode;
import dev.pglambda.local.lambda.code.ZipFunction;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How a function's process is started: with the flags and the environment of Lambda's Java runtime and nothing more.
 *
 * @param code the unpacked zip of the function
 * @param jars the jars of Lambda's runtime
 * @param flags for the JVM, in addition to those of Lambda
 */
public record FunctionCommand(ZipFunction function, UnpackedCode code, RuntimeJars jars, Jvm jvm, List<String> flags) {

    private static final DateTimeFormatter LOG_STREAM_DATE = DateTimeFormatter.ofPattern("yyyy/MM/dd");

    public FunctionCommand {
        flags = List.copyOf(flags);
    }

    /** On this process's JVM. */
    public static FunctionCommand of(ZipFunction function, UnpackedCode code, RuntimeJars jars) {
        return new FunctionCommand(function, code, jars, Jvm.running(), List.of());
    }

    /** The process of a version of the function. {@code AWS_LAMBDA_RUNTIME_API} is still to be set. */
    public ProcessBuilder builder(String version) {
        ProcessBuilder builder = new ProcessBuilder(command())
                .directory(code.taskRoot().toFile())
                .redirectErrorStream(true);
        Map<String, String> environment = builder.environment();
        environment.clear();
        environment.putAll(function.environment());
        environment.putAll(reserved(version));
        return builder;
    }

    private List<String> command() {
        long memoryKb = function.description().memoryMb() * 1024L;
        List<String> command = new ArrayList<>();
        command.add(jvm.executable());
        command.add("-XX:MaxHeapSize=" + memoryKb * 85 / 100 + "k");
        // The default for a machine with that memory; here the default would be a share of all this machine's memory.
        command.add("-XX:InitialHeapSize=" + memoryKb / 64 + "k");
        command.add("-XX:+UseSerialGC");
        command.add("-XX:TieredStopAtLevel=1");
        command.addAll(flags);
        command.add("-XX:-UsePerfData"); // no file in /tmp for each process
        command.add("-Dfile.encoding=UTF-8"); // Lambda's locale, also where this machine has none
        if (jvm.feature() >= 22) {
            command.add("--enable-native-access=ALL-UNNAMED");
        }
        jars.nativeClient().ifPresent(library -> command.add("-D" + RuntimeLauncher.NATIVE_CLIENT + "=" + library));
        command.add("-cp");
        // Lambda's own jars first: there, the class loader of the function asks that of the runtime first.
        command.add(Stream.concat(jars.classPath().stream(), code.classPath().stream())
                .map(Path::toString)
                .collect(Collectors.joining(System.getProperty("path.separator"))));
        command.add(RuntimeLauncher.class.getName());
        command.add(function.description().handler());
        return command;
    }

    private Map<String, String> reserved(String version) {
        FunctionDescription description = function.description();
        return Map.ofEntries(
                Map.entry("_HANDLER", description.handler()),
                Map.entry("LAMBDA_TASK_ROOT", code.taskRoot().toString()),
                Map.entry("AWS_LAMBDA_FUNCTION_NAME", description.name()),
                Map.entry("AWS_LAMBDA_FUNCTION_VERSION", version),
                Map.entry("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", Integer.toString(description.memoryMb())),
                Map.entry("AWS_LAMBDA_INITIALIZATION_TYPE", "on-demand"),
                Map.entry("AWS_LAMBDA_LOG_GROUP_NAME", logGroup(description)),
                Map.entry("AWS_LAMBDA_LOG_STREAM_NAME", logStream(version)),
                Map.entry("AWS_EXECUTION_ENV", "AWS_Lambda_java" + jvm.feature()),
                Map.entry("AWS_REGION", FunctionArn.REGION),
                Map.entry("AWS_DEFAULT_REGION", FunctionArn.REGION),
                // Not checked: there is no AWS behind this platform.
                Map.entry("AWS_ACCESS_KEY_ID", "local"),
                Map.entry("AWS_SECRET_ACCESS_KEY", "local"),
                Map.entry("AWS_SESSION_TOKEN", "local"),
                Map.entry("LANG", "en_US.UTF-8"),
                Map.entry("TZ", ":UTC"),
                Map.entry("PATH", "/usr/local/bin:/usr/bin:/bin:/opt/bin"));
    }

    public static String logGroup(FunctionDescription description) {
        return "/aws/lambda/" + description.name();
    }

    /** A new one for each environment. */
    public static String logStream(String version) {
        return LOG_STREAM_DATE.format(LocalDate.now()) + "/[" + version + "]"
                + UUID.randomUUID().toString().replace("-", "");
    }
}
