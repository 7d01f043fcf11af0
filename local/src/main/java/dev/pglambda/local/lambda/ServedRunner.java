package dev.pglambda.local.lambda;

import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/** Runs a function in this process, under the same limits and with the same errors and log as a real one. */
final class ServedRunner implements FunctionRunner {

    private final FunctionDefinition definition;
    private final ServedFunction function;
    private final Machinery machinery;
    private final String logStream = FunctionProcess.logStream(FunctionArn.LATEST);
    private final Set<Future<?>> runs = ConcurrentHashMap.newKeySet();

    ServedRunner(FunctionDefinition definition, ServedFunction function, Machinery machinery) {
        this.definition = definition;
        this.function = function;
        this.machinery = machinery;
    }

    @Override
    public FunctionDefinition definition() {
        return definition;
    }

    @Override
    public Optional<Path> zip() {
        return Optional.empty();
    }

    @Override
    public void run(Invocation invocation) {
        InvocationLog log = new InvocationLog(
                definition.name(),
                InputStream.nullInputStream(),
                machinery.settings().logSink());
        Accounting accounting = new Accounting(definition, log, () -> 0);
        Once end = new Once(invocation);
        accounting.begin(invocation);
        ServedContext context = new ServedContext(definition, invocation, log, logStream);
        Future<?> run = machinery.executor().submit(() -> handle(invocation, context, accounting, end));
        runs.add(run);
        Future<?> limit = after(definition.timeout(), () -> {
            end.with(() -> accounting.failed(invocation, Failure.timedOut(invocation, definition)));
            run.cancel(true);
        });
        invocation.outcome().whenComplete((outcome, failure) -> {
            limit.cancel(false);
            runs.remove(run);
        });
    }

    @Override
    public void prestart() {
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

    private void handle(Invocation invocation, ServedContext context, Accounting accounting, Once end) {
        try {
            byte[] reply = function.handle(invocation.payload(), context);
            end.with(() -> reply.length > Payloads.SYNCHRONOUS_LIMIT
                    ? accounting.failed(invocation, Failure.replyTooLarge())
                    : accounting.succeeded(invocation, reply));
        } catch (Throwable failure) { // the handler's, whatever it is: Lambda's runtime reports errors, too
            end.with(() -> {
                context.getLogger().log(failure + "\n");
                return accounting.reported(invocation, ErrorJson.of(failure));
            });
        }
    }

    private Future<?> after(Duration delay, Runnable action) {
        return machinery
                .timer()
                .schedule(() -> machinery.executor().execute(action), delay.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** A handler may return just when its time is over: the first end counts. */
    private static final class Once {
        private final Invocation invocation;
        private final AtomicBoolean done = new AtomicBoolean();

        Once(Invocation invocation) {
            this.invocation = invocation;
        }

        void with(Supplier<Outcome> outcome) {
            if (done.compareAndSet(false, true)) {
                invocation.outcome().complete(outcome.get());
            }
        }
    }
}
