package dev.pglambda.transform;

import com.dashjoin.jsonata.Jsonata;
import dev.pglambda.handler.Handler;
import dev.pglambda.handler.HandlerException;
import dev.pglambda.program.BoundedCache;
import dev.pglambda.program.ProgramRunner;
import io.micronaut.json.tree.JsonNode;
import jakarta.inject.Singleton;
import java.util.function.Function;

/** Evaluates JSONata expressions of callers. Keeps compiled expressions. Thread-safe. */
@Singleton
class Expressions {

    private static final int MOST_EXPRESSIONS = 500;
    /** A compiled expression takes some hundred times as much memory. */
    private static final long MOST_CHARACTERS = 250_000;

    private final ProgramRunner runner;
    private final BoundedCache<String, Jsonata> compiled =
            new BoundedCache<>(MOST_EXPRESSIONS, MOST_CHARACTERS, String::length);

    Expressions(ProgramRunner runner) {
        this.runner = runner;
    }

    /** The handler that evaluates the expression for an item; JSON null where it has no value. */
    Handler<JsonNode, Object> handler(TransformOptions options) {
        return runner.handler("the expression", () -> evaluation(options));
    }

    /** How many compiled expressions are kept. */
    int kept() {
        return compiled.count();
    }

    private Function<JsonNode, Object> evaluation(TransformOptions options) {
        Jsonata expression = compiled.get(options.expression(), Expressions::compile);
        CallTime time = new CallTime();
        return item -> value(expression, item, frame(options, time));
    }

    private static JsonNode value(Jsonata expression, JsonNode item, Jsonata.Frame frame) {
        try {
            // A null item is no input to JSONata; a null member is a value.
            Object input = item.isNull() ? null : PlainValues.of(item);
            return PlainResult.of(expression.evaluate(input, frame));
        } catch (StackOverflowError e) {
            throw ExpressionErrors.tooDeep();
        } catch (HandlerException e) {
            throw e;
        } catch (RuntimeException e) {
            throw ExpressionErrors.of(e);
        }
    }

    /** A new frame for each item, because expressions can change their variables. */
    private static Jsonata.Frame frame(TransformOptions options, CallTime time) {
        Jsonata.Frame frame = new Jsonata.Frame(null);
        if (options.hasBindings()) {
            PlainValues.ofMembers(options.bindings()).forEach(frame::bind);
        }
        time.bind(frame);
        return frame;
    }

    private static Jsonata compile(String source) {
        try {
            Jsonata expression = Jsonata.jsonata(source);
            ExpressionFunctions.register(expression);
            expression.setOutputConvertNulls(false); // PlainResult converts them
            expression.setValidateInput(false); // PlainValues makes only valid input
            return expression;
        } catch (StackOverflowError e) {
            throw ExpressionErrors.tooDeep();
        } catch (RuntimeException e) {
            throw ExpressionErrors.notValid(e);
        }
    }
}
