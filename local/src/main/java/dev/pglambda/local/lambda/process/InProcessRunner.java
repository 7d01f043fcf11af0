package dev.pglambda.local.lambda.process;

import dev.pglambda.function.FunctionDescription;
import dev.pglambda.local.lambda.api.FunctionArn;
import dev.pglambda.local.lambda.api.Payloads;
import dev.pglambda.local.lambda.log.InvocationLog;
import dev.pglambda.local.lambda.runtime.FunctionCommand;
import dev.pglambda.local.lambda.runtime.Invocation;
import dev.pglambda.local.lambda.runtime.InvocationResult;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/** Runs an {@link InProcessFunction}. */
public final class InProcessRunner implements FunctionRunner {

    private final FunctionDescription description;
    private final InProcessFunction function;
    private final RunnerResources resources;
    private final String logStream = FunctionCommand.logStream(FunctionArn.LATEST);
    private final Set<Future<?>> runs = ConcurrentHashMap.newKeySet();

    public InProcessRunner(FunctionDescription description, InProcessFunction function, RunnerResources resources) {
        this.description = description;
        this.function = function;
        this.resources = resources;
    }

    @Override
    public FunctionDescription description() {
        return description;
    }

    @Override
    public Optional<Path> zip() {
        return Optional.empty();
    }

    @Override
    public void run(Invocation invocation) {
        InvocationLog log = new InvocationLog(description, InputStream.nullInputStream(), resources.logSink());
        log.start(invocation.id(), invocation.version());
        FirstEnd end = new FirstEnd(invocation, new AtomicBoolean());
        Future<?> run = resources.executor().submit(() -> handle(invocation, log, end));
        runs.add(run);
        Future<?> limit = resources.after(description.timeout(), () -> {
            end.with(() -> FailedRun.timedOut(invocation, description.timeout()).log(log, invocation));
            run.cancel(true);
        });
        invocation.result().whenComplete((result, failure) -> {
            limit.cancel(false);
            runs.remove(run);
        });
    }

    @Override
    public void renew(String version) {
        // Its code is this process's.
    }

    @Override
    public void prestart(String version) {
        // runs already
    }

    @Override
    public void retire() {
        // nothing is kept between calls
    }

    @Override
    public void stop() {
        runs.forEach(run -> run.cancel(true));
    }

    private void handle(Invocation invocation, InvocationLog log, FirstEnd end) {
        InProcessContext context = new InProcessContext(description, invocation, log, logStream);
        try {
            byte[] reply = function.handle(invocation.payload(), context);
            end.with(() -> reply.length > Payloads.SYNCHRONOUS_LIMIT
                    ? FailedRun.replyTooLarge().log(log, invocation)
                    : InvocationResult.success(reply, log.end(invocation.id(), Optional.empty())));
        } catch (Throwable failure) { // Errors too: Lambda's runtime reports them
            end.with(() -> {
                context.getLogger().log(failure + "\n");
                return InvocationResult.failure(
                        FailedRun.errorJson(failure), log.end(invocation.id(), Optional.empty()));
            });
        }
    }

    /** A handler may return just when its time is over: the first end counts. */
    private record FirstEnd(Invocation invocation, AtomicBoolean done) {
        void with(Supplier<InvocationResult> result) {
            if (done.compareAndSet(false, true)) {
                invocation.result().complete(result.get());
            }
        }
    }
}
