package dev.pglambda.handler;

import java.util.Objects;

/**
 * The outcome of one item of a batch: a result, or a failure of this item alone.
 *
 * @param <O> the handler's result type
 */
public sealed interface Outcome<O> {

    static <O> Outcome<O> success(O result) {
        return new Success<>(result);
    }

    static <O> Outcome<O> failure(HandlerException error) {
        return new Failure<>(error);
    }

    /** The result; throws the failure if there is none. */
    default O orElseThrow() {
        if (this instanceof Failure<O> failure) {
            throw failure.error();
        }
        return ((Success<O>) this).result();
    }

    /** The item's result. */
    record Success<O>(O result) implements Outcome<O> {
        public Success {
            Objects.requireNonNull(result);
        }
    }

    /** Why this item failed. The other items are not affected. */
    record Failure<O>(HandlerException error) implements Outcome<O> {
        public Failure {
            Objects.requireNonNull(error);
        }
    }
}
