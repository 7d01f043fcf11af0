package dev.pglambda.transform;

import com.dashjoin.jsonata.JException;
import dev.pglambda.handler.HandlerException;
import dev.pglambda.handler.SqlState;
import dev.pglambda.transform.LongNumber.LostDigitsException;
import java.util.List;
import java.util.Map;

/** The errors of expressions in the terms of the call contract. */
final class ExpressionErrors {

    private ExpressionErrors() {}

    /** The error of an expression that failed for one item. Throws an error that is not the item's. */
    static HandlerException of(RuntimeException failure) {
        for (Throwable cause = failure;
                cause != null;
                cause = cause.getCause()) { // the library sometimes wraps exceptions
            if (cause instanceof OutOfMemoryError full) {
                throw full;
            }
            if (cause instanceof StackOverflowError) {
                return tooDeep();
            }
            if (cause instanceof LostDigitsException lost) {
                return lostDigits(lost);
            }
            if (cause instanceof JException e) {
                return failed(message(e), failure);
            }
        }
        // Some functions of the library throw such exceptions for a value of a wrong type.
        return failed(failure.getClass().getSimpleName() + ": " + failure.getMessage(), failure);
    }

    static HandlerException tooDeep() {
        return new HandlerException(
                SqlState.PROGRAM_LIMIT_EXCEEDED,
                "the expression nests too many evaluations",
                "",
                "Let a function that calls itself do so as its last step.");
    }

    static HandlerException notValid(RuntimeException failure) {
        String why =
                failure instanceof JException e ? e.getDetailedErrorMessage() : String.valueOf(failure.getMessage());
        return HandlerException.invalid("the expression is not valid JSONata", why, "See https://docs.jsonata.org.")
                .causedBy(failure);
    }

    /** The library's message, but without whole items, and with the name of an unknown function. */
    private static String message(JException e) {
        if ("T1006".equals(e.getError()) && e.getCurrent() instanceof String name) {
            return "There is no function $" + name + " {code=T1006 position=" + e.getLocation() + "}";
        }
        return JException.msg(e.getError(), e.getLocation(), shown(e.getCurrent()), shown(e.getExpected()), true);
    }

    private static Object shown(Object value) {
        return value instanceof List ? "an array" : value instanceof Map ? "an object" : value;
    }

    private static HandlerException lostDigits(LostDigitsException number) {
        return HandlerException.invalid(
                "the expression asks for the value of " + number.getMessage()
                        + ", and JSONata would lose some of its digits",
                "JSONata's numbers are doubles: 15 digits, integers up to 2^53. Longer ones can only be passed on.",
                "Compute with it in SQL, or compare and copy it as text: $string().");
    }

    private static HandlerException failed(String why, RuntimeException failure) {
        return HandlerException.invalid("the expression could not be evaluated for this item", why, "")
                .causedBy(failure);
    }
}
