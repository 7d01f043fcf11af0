package dev.pglambda.local.lambda;

import dev.pglambda.local.lambda.api.LambdaApiException;
import dev.pglambda.local.lambda.process.FunctionRunner;
import dev.pglambda.local.lambda.runtime.Invocation;
import dev.pglambda.local.lambda.runtime.InvocationResult;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * A deployed function with its limit of concurrent calls. Thread-safe.
 *
 * <p>Retired when it is removed or replaced: then it takes no new call, and stops its runner after the last one.
 */
final class DeployedFunction {

    private final FunctionRunner runner;
    private final Executor executor;
    private final int maxConcurrency;
    private int busy;
    private boolean retired;

    /** @param maxConcurrency for a function without a limit of its own */
    DeployedFunction(FunctionRunner runner, Executor executor, int maxConcurrency) {
        this.runner = runner;
        this.executor = executor;
        this.maxConcurrency = runner.description().maxConcurrency().orElse(maxConcurrency);
    }

    FunctionRunner runner() {
        return runner;
    }

    /** Runs an invocation now, or refuses it if the limit is reached. Empty if this function is retired. */
    Optional<CompletableFuture<InvocationResult>> call(Invocation invocation) {
        synchronized (this) {
            if (retired) {
                return Optional.empty();
            }
            if (busy == maxConcurrency) {
                throw new LambdaApiException("TooManyRequestsException", 429, "Rate Exceeded.");
            }
            busy++;
        }
        CompletableFuture<InvocationResult> done = invocation.result().whenComplete((result, failure) -> leave());
        runner.run(invocation);
        return Optional.of(done);
    }

    void retire() {
        boolean quiet;
        synchronized (this) {
            retired = true;
            quiet = busy == 0;
        }
        if (quiet) {
            runner.stop();
        } else {
            runner.retire();
        }
    }

    void stop() {
        retire();
        runner.stop();
    }

    private void leave() {
        boolean last;
        synchronized (this) {
            busy--;
            last = retired && busy == 0;
        }
        if (last) {
            executor.execute(runner::stop);
        }
    }
}
