package dev.pglambda.local.lambda.runtime;

import dev.pglambda.local.lambda.api.FunctionArn;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * One process of a function without a platform around it, called step by step: to verify a zip, and for benchmarks. One
 * call at a time, by one thread.
 */
public final class ProcessUnderTest implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final String name;
    private final RuntimeApi api;
    private final Process process;
    private final Path output;
    private final long startedAt;
    private volatile CompletableFuture<RuntimeApi.Poll> poll = new CompletableFuture<>();
    private final CompletableFuture<RuntimeApi.Poll> snapshot = new CompletableFuture<>();
    private volatile CompletableFuture<byte[]> reply = new CompletableFuture<>();
    private volatile IllegalStateException failure;

    private ProcessUnderTest(String name, ProcessBuilder builder) throws IOException {
        this.name = name;
        this.api = new RuntimeApi(new ReplyListener());
        this.output = Files.createTempFile("function", ".log");
        builder.environment().put("AWS_LAMBDA_RUNTIME_API", api.address());
        this.startedAt = System.nanoTime();
        this.process = builder.redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        process.onExit().thenAccept(ended -> fail("the process ended with status " + ended.exitValue()));
    }

    /** Starts the process; {@code AWS_LAMBDA_RUNTIME_API} is added to its environment. */
    public static ProcessUnderTest start(String name, ProcessBuilder builder) throws IOException {
        return new ProcessUnderTest(name, builder);
    }

    /** Waits until the process has initialized, and takes no time of a call any more. */
    public void awaitInitialized() throws InterruptedException {
        await(CompletableFuture.anyOf(poll, snapshot));
    }

    /** Lets a process go on that waits after its hooks before the snapshot, as SnapStart does when it restores one. */
    public void restore() throws InterruptedException {
        try {
            await(snapshot).restore();
        } catch (IOException e) {
            throw noAnswer(e);
        }
    }

    /** Waits for the reply to an event; {@link IllegalStateException} with the process's output if there is none. */
    public String call(String event) throws InterruptedException {
        reply = new CompletableFuture<>();
        RuntimeApi.Poll waiting = await(poll);
        poll = new CompletableFuture<>();
        if (failure != null) {
            throw noAnswer(failure);
        }
        FunctionArn arn = FunctionArn.parse(name, Optional.empty());
        try {
            waiting.answer(Invocation.of(arn, event.getBytes(StandardCharsets.UTF_8), Optional.empty()), LIMIT);
        } catch (IOException e) {
            throw noAnswer(e);
        }
        return new String(await(reply), StandardCharsets.UTF_8);
    }

    private <T> T await(CompletableFuture<T> future) throws InterruptedException {
        try {
            return future.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw noAnswer(e.getCause());
        } catch (TimeoutException e) {
            throw noAnswer(e);
        }
    }

    private IllegalStateException noAnswer(Throwable reason) {
        return new IllegalStateException(name + " gave no answer: " + reason.getMessage() + "\n" + output(), reason);
    }

    /** Since the start of the process. */
    public Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - startedAt);
    }

    public long pid() {
        return process.pid();
    }

    /** What the process has written. */
    public String output() {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            return "(" + e + ")";
        }
    }

    /** Asks the process to end, and waits: a JVM writes a cache only when it ends by itself. */
    public void end() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
            throw new IllegalStateException(name + " does not end:\n" + output());
        }
    }

    /** Kills the process, with all that it has started. */
    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        process.onExit().join();
        api.close();
        try {
            Files.deleteIfExists(output);
        } catch (IOException e) {
            // A file in the temporary directory.
        }
    }

    private void fail(String reason) {
        failure = new IllegalStateException(reason);
        poll.completeExceptionally(failure);
        snapshot.completeExceptionally(failure);
        reply.completeExceptionally(failure);
    }

    private final class ReplyListener implements RuntimeApi.Listener {
        @Override
        public void next(RuntimeApi.Poll next) {
            poll.complete(next);
        }

        @Override
        public void initialized(RuntimeApi.Poll restore) {
            snapshot.complete(restore);
        }

        @Override
        public void replied(String id, Optional<byte[]> answer) {
            answer.ifPresentOrElse(reply::complete, () -> fail("the reply is over Lambda's limit"));
        }

        @Override
        public void failed(String id, Optional<byte[]> error) {
            fail(text(error));
        }

        @Override
        public void initFailed(Optional<byte[]> error) {
            fail(text(error));
        }

        private static String text(Optional<byte[]> error) {
            return new String(error.orElse(new byte[0]), StandardCharsets.UTF_8);
        }
    }
}
