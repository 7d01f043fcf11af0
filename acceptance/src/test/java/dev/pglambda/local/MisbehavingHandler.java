package dev.pglambda.local;

import dev.pglambda.handler.Call;
import dev.pglambda.handler.Handler;
import io.micronaut.serde.annotation.Serdeable;
import jakarta.inject.Singleton;
import jakarta.validation.constraints.NotNull;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** A function that fails in the way that the item says. */
@Singleton
public class MisbehavingHandler implements Handler<MisbehavingHandler.Deed, MisbehavingHandler.Done> {

    private static final List<byte[]> HOARD = new ArrayList<>();

    /** What to do. */
    @Serdeable
    public record Deed(@NotNull String deed) {}

    /** What was done. */
    @Serdeable
    public record Done(String did) {}

    @Override
    public Done handle(Deed item, Call call) {
        return switch (item.deed()) {
            case "throw" -> throw new IllegalStateException("a bug, and no secret");
            case "exhaust" -> exhaust();
            case "sleep" -> sleep();
            case "exit" -> exit();
            case "huge" -> new Done("x".repeat(6_300_000));
            case "nul" -> new Done("a\0b");
            default -> new Done(item.deed());
        };
    }

    private static Done exhaust() {
        while (true) {
            HOARD.add(new byte[10_000_000]);
        }
    }

    private static Done sleep() {
        while (true) {
            LockSupport.park();
        }
    }

    private static Done exit() {
        System.exit(3);
        return new Done("never");
    }
}
