package dev.pglambda.transform;

import com.dashjoin.jsonata.Functions;
import com.dashjoin.jsonata.Jsonata;
import com.dashjoin.jsonata.Jsonata.JFunction;
import java.util.List;

/** {@code $now} and {@code $millis} of one call. The library's own give the time when the expression was compiled. */
final class CallTime {

    private final long millis = System.currentTimeMillis();
    private final JFunction now = new JFunction((input, args) -> now(args), "<s?s?:s>");

    void bind(Jsonata.Frame frame) {
        frame.bind("millis", () -> millis);
        frame.bind("now", now);
    }

    private String now(List<?> args) {
        return Functions.dateTimeFromMillis(millis, text(args, 0), text(args, 1));
    }

    private static String text(List<?> args, int index) {
        return index < args.size() ? (String) args.get(index) : null;
    }
}
