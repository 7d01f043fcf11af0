package dev.pglambda.local.lambda;

import dev.pglambda.function.FunctionDescription;
import dev.pglambda.local.lambda.api.InvocationType;
import dev.pglambda.local.lambda.api.InvokeReply;
import dev.pglambda.local.lambda.api.InvokeRequest;
import dev.pglambda.local.lambda.code.ZipFunction;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

/** A {@link LocalLambda} with shortcuts for tests, which collects its log. */
public final class TestLambda implements AutoCloseable {

    private final Queue<String> lines = new ConcurrentLinkedQueue<>();
    private final LocalLambda lambda;

    private TestLambda(LambdaSettings settings, boolean nativeClient) throws IOException {
        LambdaSettings collecting = settings.withLogSink((function, line) -> lines.add(function + " " + line));
        lambda = nativeClient ? LocalLambda.start(collecting) : LocalLambda.startWithoutNativeClient(collecting);
    }

    public static TestLambda start(LambdaSettings settings) throws IOException {
        return new TestLambda(settings, true);
    }

    public static TestLambda startWithoutNativeClient(LambdaSettings settings) throws IOException {
        return new TestLambda(settings, false);
    }

    public LocalLambda api() {
        return lambda;
    }

    public Queue<String> lines() {
        return lines;
    }

    /** 256 MB, and more time than the slowest machine takes. */
    public static FunctionDescription description(String name, Class<?> handler) {
        return FunctionDescription.of(name, handler.getName()).withLimits(256, 30);
    }

    /** For tests that wait for the end of its time: 1 second. */
    public static FunctionDescription brief(String name, Class<?> handler) {
        return FunctionDescription.of(name, handler.getName()).withLimits(256, 1);
    }

    public Path deploy(String name, Class<?> handler, FunctionZip zip, Path directory) throws IOException {
        Path file = zip.write(directory.resolve(name + ".zip"));
        deploy(description(name, handler), file);
        return file;
    }

    public void deploy(FunctionDescription description, Path zip) {
        lambda.deploy(new ZipFunction(description, zip, List.of(), Map.of("COLOUR", "blue")));
    }

    /** The reply of a call that must succeed. */
    public String call(String function, String event) {
        InvokeReply reply = invoke(function, event);
        if (reply.functionError().isPresent()) {
            throw new AssertionError(text(reply) + "\n" + log(reply));
        }
        return text(reply);
    }

    public InvokeReply invoke(String function, String event) {
        return invoke(function, event, InvocationType.REQUEST_RESPONSE);
    }

    public InvokeReply invoke(String function, String event, InvocationType type) {
        InvokeRequest request = new InvokeRequest(
                function, Optional.empty(), type, true, Optional.empty(), event.getBytes(StandardCharsets.UTF_8));
        return lambda.invoke(request).orTimeout(30, TimeUnit.SECONDS).join();
    }

    public static String text(InvokeReply reply) {
        return new String(reply.payload().orElseThrow(), StandardCharsets.UTF_8);
    }

    public static String log(InvokeReply reply) {
        return new String(Base64.getDecoder().decode(reply.logResult().orElseThrow()), StandardCharsets.UTF_8);
    }

    public static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    public static boolean isDead(String pid) {
        return ProcessHandle.of(Long.parseLong(pid))
                .filter(ProcessHandle::isAlive)
                .isEmpty();
    }

    @Override
    public void close() {
        lambda.close();
    }
}
