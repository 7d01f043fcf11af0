package dev.pglambda.local.lambda;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Lambda on this machine: the functions that are deployed, and the Invoke operation on them.
 *
 * <p>Thread-safe; functions come and go while it runs. A warm call of a small function takes a fraction of a
 * millisecond, a cold one as long as a JVM with the function takes to start. No process outlives this one.
 */
public final class LocalLambda implements InvokeApi, AutoCloseable {

    /** The region and the account that this machine plays. */
    public static final String REGION = FunctionArn.REGION;

    public static final String ACCOUNT = FunctionArn.ACCOUNT;

    /** The alias that every function has. */
    public static final String ALIAS = FunctionArn.ALIAS;

    private final Map<String, DeployedFunction> functions = new ConcurrentHashMap<>();
    private final Path directory;
    private final Machinery machinery;
    private final Events events;
    private final AtomicInteger deployments = new AtomicInteger();
    private final Thread shutdownHook = new Thread(this::stop, "lambda-shutdown");

    private LocalLambda(LambdaSettings settings, boolean nativeClientAllowed) throws IOException {
        directory = WorkDirectory.create();
        ThreadFactory threads = LocalLambda::daemon;
        ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, threads);
        timer.setRemoveOnCancelPolicy(true); // each call cancels its time-out
        machinery = new Machinery(
                settings, PlatformJars.in(directory, nativeClientAllowed), executor(threads), timer, new OutputPump());
        events = new Events(functions, machinery);
        Runtime.getRuntime().addShutdownHook(shutdownHook);
    }

    /** Starts without functions. Uses a directory under {@code java.io.tmpdir} until it is closed. */
    public static LocalLambda start(LambdaSettings settings) throws IOException {
        return new LocalLambda(settings, true);
    }

    /** As on a system for which AWS's client has no native half. */
    static LocalLambda startWithJavaClient(LambdaSettings settings) throws IOException {
        return new LocalLambda(settings, false);
    }

    /**
     * Adds a function that runs from its zip, in place of one of the same name. Unpacks the zip, starts no process.
     *
     * @throws IllegalArgumentException when the zip cannot be opened, with what to do
     */
    public void deploy(ZipFunction function) {
        Path code = directory.resolve(function.definition().name() + "-" + deployments.incrementAndGet());
        put(new ProcessPool(function, machinery, code));
    }

    /** Adds a function that runs in this process, in place of one of the same name. */
    public void serve(FunctionDefinition definition, ServedFunction function) {
        put(new ServedRunner(definition, function, machinery));
    }

    /** Removes a function, if it is there; calls that run already are finished. */
    public void remove(String name) {
        DeployedFunction removed = functions.remove(name);
        if (removed != null) {
            removed.retire().forEach(events::accept); // which finds no function for them, and says so
        }
    }

    /** Starts an environment of a deployed function before a call needs it. Returns at once. */
    public void prestart(String name) {
        functions.get(name).runner().prestart();
    }

    /** Writes a file that functions can read, for as long as this runs. */
    public Path share(String fileName, String content) throws IOException {
        return Files.writeString(directory.resolve(fileName), content);
    }

    /** What is deployed, by name. */
    public List<FunctionDefinition> functions() {
        return functions.values().stream()
                .map(function -> function.runner().definition())
                .sorted(Comparator.comparing(FunctionDefinition::name))
                .toList();
    }

    FunctionFacts facts(FunctionArn arn) {
        FunctionRunner runner = deployed(arn).runner();
        return new FunctionFacts(arn, runner.definition(), runner.zip());
    }

    Executor executor() {
        return machinery.executor();
    }

    @Override
    public CompletableFuture<InvokeReply> invoke(InvokeRequest request) {
        try {
            FunctionArn arn = FunctionArn.parse(request.functionName(), request.qualifier());
            deployed(arn);
            return switch (request.invocationType()) {
                case DRY_RUN -> CompletableFuture.completedFuture(withoutPayload(204, arn));
                case EVENT -> {
                    // Lambda does not deliver the client context of an event.
                    events.accept(new Event(Invocation.of(arn, Payloads.event(request), Optional.empty()), 1));
                    yield CompletableFuture.completedFuture(withoutPayload(202, arn));
                }
                case REQUEST_RESPONSE -> call(arn, request);
            };
        } catch (RuntimeException e) { // nearly always a LambdaApiException; InvokeApi promises to throw nothing
            return CompletableFuture.failedFuture(e);
        }
    }

    private CompletableFuture<InvokeReply> call(FunctionArn arn, InvokeRequest request) {
        Invocation invocation = Invocation.of(arn, Payloads.event(request), Payloads.clientContext(request));
        Optional<CompletableFuture<Outcome>> outcome = Optional.empty();
        while (outcome.isEmpty()) { // again when the function is replaced at this moment
            outcome = deployed(arn).call(invocation);
        }
        return outcome.get()
                .thenApply(result -> new InvokeReply(
                        200,
                        Optional.of(result.payload()),
                        arn.toString(),
                        invocation.version(),
                        result.functionError(),
                        request.tailLog() ? Optional.of(result.logTail()) : Optional.empty()));
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
        DeployedFunction function = new DeployedFunction(runner, machinery, events::retry);
        DeployedFunction replaced = functions.put(runner.definition().name(), function);
        if (replaced != null) {
            replaced.retire().forEach(events::accept);
        }
    }

    /** Ends every function at once, waits until the processes are gone, and removes the directory. */
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
        machinery.pump().close();
        machinery.timer().shutdownNow();
        machinery.executor().shutdown();
        WorkDirectory.delete(directory);
    }

    /** A process of a function that was removed may end after this has; nobody is there to be told then. */
    private static ExecutorService executor(ThreadFactory threads) {
        ThreadPoolExecutor executor = (ThreadPoolExecutor) Executors.newCachedThreadPool(threads);
        executor.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy());
        return executor;
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "lambda");
        thread.setDaemon(true);
        return thread;
    }
}
