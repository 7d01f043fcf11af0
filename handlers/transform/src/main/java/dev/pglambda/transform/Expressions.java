package dev.pglambda.transform;

import com.dashjoin.jsonata.GuardedExpression;
import com.dashjoin.jsonata.JException;
import dev.pglambda.handler.Compiled;
import dev.pglambda.handler.Deadline;
import dev.pglambda.handler.HandlerException;
import dev.pglambda.handler.OutOfTime;
import dev.pglambda.handler.SqlState;
import io.micronaut.json.tree.JsonNode;
import jakarta.inject.Singleton;
import java.util.Map;

/** Evaluates JSONata expressions that callers send along. Keeps what it has compiled. Thread-safe. */
@Singleton
class Expressions {

    private static final int MOST_EXPRESSIONS = 500;
    /** Compiled, an expression takes some hundred times as much memory. */
    private static final long MOST_CHARACTERS = 250_000;
    /** Nested evaluations: more than expressions need that do not call themselves, and inside of the smallest stack. */
    private static final int DEEPEST = 500;

    private final Compiled<String, GuardedExpression> compiled =
            new Compiled<>(MOST_EXPRESSIONS, MOST_CHARACTERS, String::length);

    /** The expression's value for the data; JSON null when it yields nothing. */
    JsonNode value(JsonNode data, TransformOptions options, Deadline deadline) {
        Deadline early = deadline.early();
        try {
            GuardedExpression expression = compiled.get(options.expression(), Expressions::compile);
            // Anew for each item: expressions can change what they are given.
            Map<String, Object> bindings = bindings(options);
            return PlainValues.json(evaluate(expression, PlainValues.of(data), bindings, early));
        } catch (OutOfTime e) {
            throw new HandlerException(
                    SqlState.EXTERNAL_ROUTINE_INVOCATION_EXCEPTION,
                    "the expression could not be evaluated in the time of the call",
                    "",
                    "Look for a recursion or a regular expression without end, or raise the time-out.");
        } catch (GuardedExpression.TooDeep | StackOverflowError e) {
            throw tooMuch("recursion");
        } catch (OutOfMemoryError e) {
            throw tooMuch("memory");
        }
    }

    /** How many compiled expressions are kept. */
    int kept() {
        return compiled.count();
    }

    private static Object evaluate(
            GuardedExpression expression, Object input, Map<String, Object> bindings, Deadline deadline) {
        try {
            return expression.value(input, bindings, deadline, DEEPEST);
        } catch (OutOfTime | GuardedExpression.TooDeep e) {
            throw e;
        } catch (ExactNumber.LostDigits e) {
            throw HandlerException.invalid(
                    "the expression computes with " + e.getMessage() + ", and JSONata would lose some of its digits",
                    "JSONata's numbers are doubles: 15 digits, integers up to 2^53. Longer ones can only be copied.",
                    "Compute with it in SQL, or use $string().");
        } catch (JException e) {
            throw failed(e.getDetailedErrorMessage(), e);
        } catch (RuntimeException e) {
            // The library's way to say, in places, that a value is not of the type that a function takes.
            throw failed(e.getClass().getSimpleName() + ": " + e.getMessage(), e);
        }
    }

    private static HandlerException failed(String why, RuntimeException e) {
        return HandlerException.invalid("the expression could not be evaluated for this item", why, "")
                .causedBy(e);
    }

    private static GuardedExpression compile(String source) {
        try {
            return GuardedExpression.compile(source);
        } catch (JException e) {
            throw notValid(e.getDetailedErrorMessage(), e);
        } catch (OutOfTime e) {
            throw e;
        } catch (RuntimeException e) {
            throw notValid(String.valueOf(e.getMessage()), e);
        }
    }

    private static HandlerException notValid(String why, RuntimeException e) {
        return HandlerException.invalid("the expression is not valid JSONata", why, "See https://docs.jsonata.org.")
                .causedBy(e);
    }

    private static HandlerException tooMuch(String what) {
        return new HandlerException(
                SqlState.PROGRAM_LIMIT_EXCEEDED,
                "the expression takes more " + what + " than the function has",
                "",
                "Let a function that calls itself do so as its last step, or send smaller items.");
    }

    @SuppressWarnings("unchecked") // an object becomes a map
    private static Map<String, Object> bindings(TransformOptions options) {
        return options.bindings() == null || options.bindings().isNull()
                ? Map.of()
                : (Map<String, Object>) PlainValues.of(options.bindings());
    }
}
