package dev.pglambda.local.lambda;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * One process that speaks Lambda's runtime API, driven call by call: for the verification of a zip, for training and for
 * benchmarks. One call at a time, by one thread.
 */
public final class Trial implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final ExecutorService executor = Executors.newCachedThreadPool(Trial::daemon);
    private final BlockingQueue<RuntimeApi.Poll> polls = new ArrayBlockingQueue<>(1);
    private final String name;
    private final RuntimeApi api;
    private final Process process;
    private final Path output;
    private final long started;
    private volatile CompletableFuture<byte[]> reply = new CompletableFuture<>();

    private Trial(String name, ProcessBuilder builder) throws IOException {
        this.name = name;
        this.api = new RuntimeApi(new Answers(), executor);
        this.output = Files.createTempFile("trial", ".log");
        builder.environment().put("AWS_LAMBDA_RUNTIME_API", api.address());
        this.started = System.nanoTime();
        this.process = builder.redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        process.onExit().thenAccept(ended -> fail("it ended with status " + ended.exitValue()));
    }

    /** Starts the process; {@code AWS_LAMBDA_RUNTIME_API} is added to its environment. */
    public static Trial start(String name, ProcessBuilder builder) throws IOException {
        return new Trial(name, builder);
    }

    /** Sends one call and waits for its reply; an {@link IllegalStateException} has the error and the process's output. */
    public String call(String payload) throws InterruptedException {
        CompletableFuture<byte[]> mine = reply;
        try {
            RuntimeApi.Poll poll = nextPoll();
            poll.answer(
                    Invocation.of(
                            FunctionArn.parse(name, Optional.empty()),
                            payload.getBytes(StandardCharsets.UTF_8),
                            Optional.empty()),
                    PATIENCE);
            return new String(mine.get(PATIENCE.toSeconds(), TimeUnit.SECONDS), StandardCharsets.UTF_8);
        } catch (ExecutionException | TimeoutException | IOException e) {
            Throwable why = e instanceof ExecutionException ? e.getCause() : e;
            throw new IllegalStateException(name + " gave no answer: " + why.getMessage() + "\n" + output(), why);
        }
    }

    private RuntimeApi.Poll nextPoll() throws InterruptedException, ExecutionException, TimeoutException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < end) {
            RuntimeApi.Poll poll = polls.poll(50, TimeUnit.MILLISECONDS);
            if (poll != null) {
                return poll;
            }
            if (reply.isDone()) {
                reply.get(); // the process has ended instead, and this says how
            }
        }
        throw new TimeoutException("it asked for no work");
    }

    /** Since the start of the process. */
    public Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - started);
    }

    /** The most memory that it ever had, in kilobytes; 0 where the system does not tell. */
    public int residentKilobytes() {
        return PeakMemory.kilobytes(process);
    }

    /** What it has written. */
    public String output() {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            return "(" + e + ")";
        }
    }

    /** Lets it end by itself, as a JVM must that is to write a cache. */
    public void end() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            throw new IllegalStateException(name + " does not end:\n" + output());
        }
    }

    /** Ends it at once, with all that it started. */
    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        process.onExit().join();
        api.close();
        executor.shutdownNow();
        try {
            Files.deleteIfExists(output);
        } catch (IOException e) {
            // a file in the temporary directory
        }
    }

    private void fail(String how) {
        reply.completeExceptionally(new IllegalStateException(how));
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "trial");
        thread.setDaemon(true);
        return thread;
    }

    private final class Answers implements RuntimeApi.Environment {
        @Override
        public void next(RuntimeApi.Poll poll) {
            polls.add(poll);
        }

        @Override
        public void replied(String id, Optional<byte[]> answer) {
            CompletableFuture<byte[]> waiting = reply;
            reply = new CompletableFuture<>();
            waiting.complete(answer.orElse(new byte[0]));
        }

        @Override
        public void failed(String id, byte[] error) {
            fail(new String(error, StandardCharsets.UTF_8));
        }

        @Override
        public void initFailed(byte[] error) {
            fail(new String(error, StandardCharsets.UTF_8));
        }
    }
}
