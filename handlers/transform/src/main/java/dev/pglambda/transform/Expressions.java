package dev.pglambda.transform;

import com.dashjoin.jsonata.ExactNumber;
import com.dashjoin.jsonata.GuardedExpression;
import com.dashjoin.jsonata.JException;
import dev.pglambda.handler.Compiled;
import dev.pglambda.handler.Deadline;
import dev.pglambda.handler.HandlerException;
import dev.pglambda.handler.Heap;
import dev.pglambda.handler.OutOfTime;
import dev.pglambda.handler.Pace;
import dev.pglambda.handler.SqlState;
import io.micronaut.json.tree.JsonNode;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;

/** Evaluates JSONata expressions that callers send along. Keeps what it has compiled. Thread-safe. */
@Singleton
class Expressions {

    private static final int MOST_EXPRESSIONS = 500;
    /** Compiled, an expression takes some hundred times as much memory. */
    private static final long MOST_CHARACTERS = 250_000;
    /** The library's time to read a text grows with the square of its length: this takes some 100 ms. */
    private static final int LONGEST = 50_000;
    /** Of a text in an error: it can be the item's, or what the expression says with {@code $error()}. */
    private static final int LONGEST_TEXT = 1_000;
    /** Nested evaluations: more than expressions need that do not call themselves, and inside of the smallest stack. */
    private static final int DEEPEST = 500;

    private final Compiled<String, GuardedExpression> compiled =
            new Compiled<>(MOST_EXPRESSIONS, MOST_CHARACTERS, String::length);

    /** The expression's value for the data; JSON null when it yields nothing. */
    JsonNode value(JsonNode data, TransformOptions options, Deadline deadline) {
        Pace pace = new Pace(deadline.early());
        try {
            GuardedExpression expression = compiled.get(options.expression(), Expressions::compile);
            // Anew for each item: expressions can change what they are given.
            Map<String, Object> bindings = bindings(options, pace);
            // An item that is null is as good as none; null inside of one is a value.
            Object item = data.isNull() ? null : PlainValues.of(data, pace);
            Object value = expression.value(item, bindings, pace, DEEPEST);
            return new PlainResult(pace).json(value);
        } catch (OutOfTime e) {
            throw new HandlerException(
                    SqlState.EXTERNAL_ROUTINE_INVOCATION_EXCEPTION,
                    "the expression could not be evaluated in the time of the call",
                    "",
                    "Look for a recursion or a regular expression without end, or raise the time-out.");
        } catch (GuardedExpression.Failed e) {
            throw failed(e);
        } catch (StackOverflowError e) {
            throw tooMuch("recursion");
        } catch (OutOfMemoryError e) {
            throw tooMuchMemory();
        }
    }

    /** How many compiled expressions are kept. */
    int kept() {
        return compiled.count();
    }

    /** The library wraps, in places, what ends an evaluation. */
    private static HandlerException failed(GuardedExpression.Failed e) {
        Throwable cause = e;
        while (cause.getCause() != null) {
            cause = cause.getCause();
            if (cause instanceof JException mistake) {
                return failed(reason(mistake), e);
            }
        }
        if (cause instanceof ExactNumber.LostDigits) {
            return lostDigits(cause, place(e));
        }
        if (cause instanceof GuardedExpression.TooDeep || cause instanceof StackOverflowError) {
            return tooMuch("recursion");
        }
        if (cause instanceof OutOfMemoryError) {
            return tooMuchMemory();
        }
        // The library's way to say, in places, that a value is not of the type that a function takes.
        return failed(cause.getClass().getSimpleName() + ": " + cause.getMessage() + place(e), e);
    }

    /** The library's message, but with no whole item in it, and with the name of a function that is not there. */
    private static String reason(JException e) {
        if ("T1006".equals(e.getError()) && e.getCurrent() instanceof String name) {
            return "There is no function $" + name + " {code=T1006 position=" + e.getLocation() + "}";
        }
        return JException.msg(e.getError(), e.getLocation(), shown(e.getCurrent()), shown(e.getExpected()), true);
    }

    private static Object shown(Object value) {
        if (value instanceof String text && text.length() > LONGEST_TEXT) {
            return text.substring(0, LONGEST_TEXT) + "…";
        }
        return value instanceof List ? "an array" : value instanceof Map ? "an object" : value;
    }

    private static String place(GuardedExpression.Failed e) {
        return e.place() > 0 ? " {position=" + e.place() + "}" : "";
    }

    private static HandlerException lostDigits(Throwable number, String place) {
        return HandlerException.invalid(
                "the expression computes with " + number.getMessage() + ", and JSONata would lose some of its digits",
                "JSONata's numbers are doubles: 15 digits, integers up to 2^53. Longer ones can be copied and compared."
                        + place,
                "Compute with it in SQL, or use $string().");
    }

    private static HandlerException failed(String why, RuntimeException e) {
        return HandlerException.invalid("the expression could not be evaluated for this item", why, "")
                .causedBy(e);
    }

    private static GuardedExpression compile(String source) {
        if (source.length() > LONGEST) {
            throw new HandlerException(
                    SqlState.PROGRAM_LIMIT_EXCEEDED,
                    "the expression has " + source.length() + " characters, more than " + LONGEST,
                    "",
                    "Send what it contains as data or bindings.");
        }
        try {
            return GuardedExpression.compile(source);
        } catch (JException e) {
            throw notValid(e.getDetailedErrorMessage(), e);
        } catch (ExactNumber.LostDigits e) {
            throw lostDigits(e, "");
        } catch (RuntimeException e) {
            throw notValid(String.valueOf(e.getMessage()), e);
        }
    }

    private static HandlerException notValid(String why, RuntimeException e) {
        return HandlerException.invalid("the expression is not valid JSONata", why, "See https://docs.jsonata.org.")
                .causedBy(e);
    }

    private static HandlerException tooMuchMemory() {
        Heap.clear();
        return tooMuch("memory");
    }

    private static HandlerException tooMuch(String what) {
        return new HandlerException(
                SqlState.PROGRAM_LIMIT_EXCEEDED,
                "the expression takes more " + what + " than the function has",
                "",
                "Let a function that calls itself do so as its last step, or send smaller items.");
    }

    @SuppressWarnings("unchecked") // an object becomes a map
    private static Map<String, Object> bindings(TransformOptions options, Pace pace) {
        return options.bindings() == null || options.bindings().isNull()
                ? Map.of()
                : (Map<String, Object>) PlainValues.of(options.bindings(), pace);
    }
}
