package dev.pglambda.transform;

import com.dashjoin.jsonata.Jsonata;
import dev.pglambda.handler.Handler;
import dev.pglambda.handler.HandlerException;
import dev.pglambda.program.BoundedCache;
import dev.pglambda.program.ProgramRunner;
import io.micronaut.json.tree.JsonNode;
import jakarta.inject.Singleton;
import java.util.function.Function;

/** Evaluates JSONata expressions that callers send along. Keeps what it has compiled. Thread-safe. */
@Singleton
class Expressions {

    private static final int MOST_EXPRESSIONS = 500;
    /** Compiled, an expression takes some hundred times as much memory. */
    private static final long MOST_CHARACTERS = 250_000;

    private final ProgramRunner runner;
    private final BoundedCache<String, Jsonata> compiled =
            new BoundedCache<>(MOST_EXPRESSIONS, MOST_CHARACTERS, String::length);

    Expressions(ProgramRunner runner) {
        this.runner = runner;
    }

    /** What gives the expression's value for an item; JSON null where it yields nothing. */
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
            // A null item is no input; a null member is a value.
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

    /** Anew for each item: expressions can change what they are given. */
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
            expression.setOutputConvertNulls(false); // PlainResult does
            expression.setValidateInput(false); // PlainValues makes nothing else
            return expression;
        } catch (StackOverflowError e) {
            throw ExpressionErrors.tooDeep();
        } catch (RuntimeException e) {
            throw ExpressionErrors.notValid(e);
        }
    }
}
