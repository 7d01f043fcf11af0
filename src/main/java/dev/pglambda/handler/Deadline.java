package dev.pglambda.handler;

import java.time.Duration;
import java.util.Objects;

/**
 * The moment by which a call must be over, or none.
 *
 * <p>Immutable and thread-safe. Measured on the monotonic clock, so a corrected wall clock moves no deadline. It means
 * something only inside the process that made it: it cannot be stored or sent.
 */
public final class Deadline {

    private static final Duration LONG_ENOUGH = Duration.ofNanos(Long.MAX_VALUE / 2);
    private static final Duration FOR_THE_ANSWER = Duration.ofMillis(200);
    private static final Deadline NONE = new Deadline(0, false);

    private final long end;
    private final boolean finite;

    private Deadline(long end, boolean finite) {
        this.end = end;
        this.finite = finite;
    }

    /** The moment that is {@code left} from now; at once when that is zero or negative. */
    public static Deadline of(Duration left) {
        Objects.requireNonNull(left);
        return left.compareTo(LONG_ENOUGH) >= 0 ? NONE : new Deadline(System.nanoTime() + nanos(left), true);
    }

    /** No deadline: never expires. */
    public static Deadline none() {
        return NONE;
    }

    /** What is left: zero when it has passed; some 146 years for {@link #none()}. */
    public Duration remaining() {
        return finite ? Duration.ofNanos(Math.max(0, end - System.nanoTime())) : LONG_ENOUGH;
    }

    public boolean isExpired() {
        return finite && end - System.nanoTime() <= 0;
    }

    /** Whether there is an end at all: false for {@link #none()} only. */
    public boolean isFinite() {
        return finite;
    }

    /**
     * Somewhat before: a tenth of what is left, 200 ms at most. For work that can end itself, since an answer that arrives
     * says more than a time-out.
     */
    public Deadline early() {
        if (!finite) {
            return this;
        }
        Duration left = remaining();
        Duration tenth = left.dividedBy(10);
        return of(left.minus(tenth.compareTo(FOR_THE_ANSWER) < 0 ? tenth : FOR_THE_ANSWER));
    }

    /** This deadline, or the moment {@code left} from now if that comes first. */
    public Deadline atMost(Duration left) {
        return earlier(of(left));
    }

    /** Whichever of the two passes first. */
    public Deadline earlier(Deadline other) {
        return !other.finite || finite && end - other.end <= 0 ? this : other;
    }

    private static long nanos(Duration left) {
        return left.isNegative() ? 0 : left.toNanos();
    }

    @Override
    public String toString() {
        return finite ? "Deadline[in " + remaining().toMillis() + " ms]" : "Deadline[none]";
    }
}
