package dev.pglambda.local.lambda;

import dev.pglambda.function.FunctionDescription;
import dev.pglambda.local.lambda.api.FunctionArn;
import dev.pglambda.local.lambda.api.FunctionConfiguration;
import dev.pglambda.local.lambda.api.InvokeReply;
import dev.pglambda.local.lambda.api.InvokeRequest;
import dev.pglambda.local.lambda.api.LambdaApi;
import dev.pglambda.local.lambda.api.Payloads;
import dev.pglambda.local.lambda.code.WorkDirectory;
import dev.pglambda.local.lambda.code.ZipFunction;
import dev.pglambda.local.lambda.log.OutputPoller;
import dev.pglambda.local.lambda.process.FunctionRunner;
import dev.pglambda.local.lambda.process.InProcessFunction;
import dev.pglambda.local.lambda.process.InProcessRunner;
import dev.pglambda.local.lambda.process.ProcessPool;
import dev.pglambda.local.lambda.process.RunnerResources;
import dev.pglambda.local.lambda.runtime.Invocation;
import dev.pglambda.local.lambda.runtime.InvocationResult;
import dev.pglambda.local.lambda.runtime.RuntimeJars;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Lambda on this machine: the functions that are deployed, and the operations on them.
 *
 * <p>Thread-safe; functions can be added and removed at any time. A warm call of a small function takes a fraction of a
 * millisecond, a cold one as long as a JVM with the function takes to start. No process outlives this one.
 */
public final class LocalLambda implements LambdaApi, AutoCloseable {

    private final Map<String, DeployedFunction> functions = new ConcurrentHashMap<>();
    private final LambdaSettings settings;
    private final WorkDirectory directory;
    private final RunnerResources resources;
    private final EventRetries events;
    private final AtomicInteger deployments = new AtomicInteger();
    private final Thread shutdownHook = new Thread(this::stop, "lambda-shutdown");

    private LocalLambda(LambdaSettings settings, WorkDirectory directory, RuntimeJars jars) {
        this.settings = settings;
        this.directory = directory;
        ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, LocalLambda::daemon);
        timer.setRemoveOnCancelPolicy(true); // each call cancels its time-out
        resources = new RunnerResources(
                settings.logSink(), settings.idleTimeout(), jars, executor(), timer, new OutputPoller());
        events = new EventRetries(this::run, settings, timer);
        Runtime.getRuntime().addShutdownHook(shutdownHook);
    }

    /** Starts without functions. Uses a directory under {@code java.io.tmpdir} until it is closed. */
    public static LocalLambda start(LambdaSettings settings) throws IOException {
        WorkDirectory directory = WorkDirectory.create();
        return new LocalLambda(settings, directory, RuntimeJars.in(directory.path()));
    }

    /** As on a system for which AWS's client has no native code. */
    static LocalLambda startWithoutNativeClient(LambdaSettings settings) throws IOException {
        WorkDirectory directory = WorkDirectory.create();
        return new LocalLambda(settings, directory, RuntimeJars.withoutNativeClient(directory.path()));
    }

    /**
     * Adds a function that runs from its zip, in place of one of the same name. Unpacks the zip, starts no process.
     *
     * @throws IllegalArgumentException if the zip cannot be unpacked, with what to do
     */
    public void deploy(ZipFunction function) {
        Path code = directory.path().resolve(function.name() + "-" + deployments.incrementAndGet());
        put(new ProcessPool(function, resources, code));
    }

    /** Adds a function that runs in this process, in place of one of the same name. */
    public void deploy(FunctionDescription description, InProcessFunction function) {
        put(new InProcessRunner(description, function, resources));
    }

    /** Removes a function, if there is one of that name; calls that already run are finished. */
    public void remove(String name) {
        DeployedFunction removed = functions.remove(name);
        if (removed != null) {
            removed.retire();
        }
    }

    /** Starts an environment of a deployed function before a call needs it. Returns at once. */
    public void prestart(String name) {
        functions.get(name).runner().prestart(FunctionArn.LATEST);
    }

    /** If its zip has been rebuilt, does the same with the new code, for the version that SQL calls. Returns at once. */
    public void renew(String name) {
        functions.get(name).runner().renew(FunctionArn.PUBLISHED);
    }

    /** Writes a file that functions can read, for as long as this runs. */
    public Path share(String fileName, String content) throws IOException {
        return Files.writeString(directory.path().resolve(fileName), content);
    }

    @Override
    public List<FunctionConfiguration> functions() {
        return functions.values().stream()
                .map(DeployedFunction::runner)
                .map(runner -> new FunctionConfiguration(runner.description(), FunctionArn.LATEST, runner.zip()))
                .sorted(Comparator.comparing(function -> function.description().name()))
                .toList();
    }

    @Override
    public CompletableFuture<InvokeReply> invoke(InvokeRequest request) {
        try {
            FunctionArn arn = FunctionArn.parse(request.functionName(), request.qualifier());
            deployed(arn);
            Optional<String> context = Payloads.clientContext(request);
            return switch (request.invocationType()) {
                case DRY_RUN -> CompletableFuture.completedFuture(withoutPayload(204, arn));
                case EVENT -> {
                    // Lambda does not deliver the client context of an event.
                    events.run(Invocation.of(arn, Payloads.event(request), Optional.empty()));
                    yield CompletableFuture.completedFuture(withoutPayload(202, arn));
                }
                case REQUEST_RESPONSE -> call(Invocation.of(arn, Payloads.event(request), context), request.tailLog());
            };
        } catch (RuntimeException e) { // nearly always a LambdaApiException; InvokeApi promises to throw nothing
            return CompletableFuture.failedFuture(e);
        }
    }

    private CompletableFuture<InvokeReply> call(Invocation invocation, boolean tailLog) {
        FunctionArn arn = invocation.arn();
        return run(invocation)
                .thenApply(result -> new InvokeReply(
                        200,
                        Optional.of(result.payload()),
                        arn.toString(),
                        arn.version(),
                        result.functionError(),
                        tailLog ? Optional.of(result.logTail()) : Optional.empty()));
    }

    private CompletableFuture<InvocationResult> run(Invocation invocation) {
        Optional<CompletableFuture<InvocationResult>> running = Optional.empty();
        while (running.isEmpty()) { // again when the function is replaced at this moment
            running = deployed(invocation.arn()).call(invocation);
        }
        return running.get();
    }

    private static InvokeReply withoutPayload(int status, FunctionArn arn) {
        return new InvokeReply(
                status, Optional.empty(), arn.toString(), arn.version(), Optional.empty(), Optional.empty());
    }

    private DeployedFunction deployed(FunctionArn arn) {
        DeployedFunction function = functions.get(arn.name());
        if (function == null) {
            throw arn.notFound();
        }
        arn.version(); // refuses a qualifier that does not exist
        return function;
    }

    private void put(FunctionRunner runner) {
        DeployedFunction function = new DeployedFunction(runner, resources.executor(), settings.maxConcurrency());
        DeployedFunction replaced = functions.put(runner.description().name(), function);
        if (replaced != null) {
            replaced.retire();
        }
    }

    /** Ends every function at once, waits until the processes have ended, and removes the directory. */
    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(shutdownHook);
        } catch (IllegalStateException e) {
            return; // the hook does it
        }
        stop();
    }

    private void stop() {
        List<DeployedFunction> all = List.copyOf(functions.values());
        functions.clear();
        all.forEach(DeployedFunction::stop);
        resources.output().close();
        resources.timer().shutdownNow();
        resources.executor().shutdown();
        directory.close();
    }

    /** A process of a removed function may end after this has; its end is of no interest then. */
    private static ExecutorService executor() {
        ThreadPoolExecutor executor = (ThreadPoolExecutor) Executors.newCachedThreadPool(LocalLambda::daemon);
        executor.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy());
        return executor;
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "lambda");
        thread.setDaemon(true);
        return thread;
    }
}
