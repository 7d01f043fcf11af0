package dev.pglambda.local.lambda.process;

import dev.pglambda.local.lambda.code.UnpackedCode;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.function.Predicate;

/** The environments of a function that wait for a call. The one that was used last is used next. Not thread-safe. */
final class IdleEnvironments {

    private final Deque<Idle> idle = new ArrayDeque<>();

    void add(FunctionEnvironment environment) {
        idle.addLast(new Idle(environment, System.nanoTime()));
    }

    void remove(FunctionEnvironment environment) {
        idle.removeIf(entry -> entry.environment() == environment);
    }

    /** Null if there is none with this code and version. */
    FunctionEnvironment take(UnpackedCode code, String version) {
        for (Iterator<Idle> newest = idle.descendingIterator(); newest.hasNext(); ) {
            FunctionEnvironment environment = newest.next().environment();
            if (environment.fits(code, version)) {
                newest.remove();
                return environment;
            }
        }
        return null;
    }

    List<FunctionEnvironment> takeAll() {
        return takeIf(entry -> true);
    }

    List<FunctionEnvironment> takeIdleFor(Duration duration) {
        return takeIf(entry -> System.nanoTime() - entry.since() > duration.toNanos());
    }

    List<FunctionEnvironment> takeWithout(Predicate<UnpackedCode> currentCode) {
        return takeIf(entry -> !currentCode.test(entry.environment().code()));
    }

    private List<FunctionEnvironment> takeIf(Predicate<Idle> condition) {
        List<FunctionEnvironment> taken = new ArrayList<>();
        idle.removeIf(entry -> condition.test(entry) && taken.add(entry.environment()));
        return taken;
    }

    private record Idle(FunctionEnvironment environment, long since) {}
}
