package dev.pglambda.local.lambda.api;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Lambda's REST operations: from HTTP to {@link LambdaApi} and back. */
final class LambdaOperations {

    private static final Pattern PATH = Pattern.compile("/2015-03-31/functions(?:/([^/]+)/invocations)?/?");

    private final LambdaApi lambda;

    LambdaOperations(LambdaApi lambda) {
        this.lambda = lambda;
    }

    void handle(HttpExchange exchange, HttpReply reply) throws IOException {
        Matcher path = PATH.matcher(exchange.getRequestURI().getRawPath());
        if (!path.matches()) {
            throw unknown(exchange);
        }
        HttpQuery query = HttpQuery.of(exchange.getRequestURI());
        if (path.group(1) == null) {
            requireMethod(exchange, "GET");
            reply.json(200, FunctionList.reply(lambda.functions(), query));
        } else {
            requireMethod(exchange, "POST");
            invoke(exchange, reply, HttpQuery.decoded(path.group(1)), query.value("Qualifier"));
        }
    }

    private void invoke(HttpExchange exchange, HttpReply reply, String name, Optional<String> qualifier)
            throws IOException {
        InvocationType type = header(exchange, "X-Amz-Invocation-Type")
                .map(LambdaOperations::type)
                .orElse(InvocationType.REQUEST_RESPONSE);
        boolean tail = header(exchange, "X-Amz-Log-Type")
                .filter(LambdaOperations::isTail)
                .isPresent();
        Optional<String> clientContext = header(exchange, "X-Amz-Client-Context");
        // One byte over the limit is enough to see that it is over.
        byte[] payload = exchange.getRequestBody().readNBytes(Payloads.SYNCHRONOUS_LIMIT + 1);
        lambda.invoke(new InvokeRequest(name, qualifier, type, tail, clientContext, payload))
                .whenComplete((result, failure) -> answer(reply, result, failure));
    }

    private static void answer(HttpReply reply, InvokeReply result, Throwable failure) {
        try {
            if (failure != null) {
                reply.error(refusal(failure));
                return;
            }
            reply.header("X-Amz-Executed-Version", result.executedVersion());
            result.functionError().ifPresent(error -> reply.header("X-Amz-Function-Error", error));
            result.logResult().ifPresent(log -> reply.header("X-Amz-Log-Result", log));
            reply.send(result.statusCode(), result.payload().orElse(new byte[0]));
        } catch (IOException e) {
            // The client has closed the connection.
        }
    }

    private static LambdaApiException refusal(Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        return cause instanceof LambdaApiException refusal
                ? refusal
                : new LambdaApiException("ServiceException", 500, cause.toString());
    }

    private static InvocationType type(String name) {
        return InvocationType.ofApiName(name)
                .orElseThrow(() ->
                        invalid("X-Amz-Invocation-Type must be RequestResponse, Event or DryRun, not '" + name + "'"));
    }

    private static boolean isTail(String logType) {
        return switch (logType) {
            case "Tail" -> true;
            case "None" -> false;
            default -> throw invalid("X-Amz-Log-Type must be None or Tail, not '" + logType + "'");
        };
    }

    private static void requireMethod(HttpExchange exchange, String method) {
        if (!exchange.getRequestMethod().equals(method)) {
            throw unknown(exchange);
        }
    }

    private static Optional<String> header(HttpExchange exchange, String name) {
        return Optional.ofNullable(exchange.getRequestHeaders().getFirst(name));
    }

    private static LambdaApiException invalid(String message) {
        return new LambdaApiException("ValidationException", 400, message);
    }

    private static LambdaApiException unknown(HttpExchange exchange) {
        return new LambdaApiException(
                "UnknownOperationException",
                404,
                "No operation at " + exchange.getRequestMethod() + " " + exchange.getRequestURI()
                        + ": the local Lambda has Invoke and ListFunctions");
    }
}
