package dev.pglambda.local.lambda;

import com.fasterxml.jackson.core.JsonGenerator;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Lambda's REST operations: from HTTP to {@link LocalLambda} and back. */
final class LambdaOperations {

    private static final String FUNCTIONS = "/2015-03-31/functions";
    private static final Pattern ONE = Pattern.compile(FUNCTIONS + "/([^/]+)(?:/(configuration|invocations))?/?");
    private static final Pattern QUALIFIER = Pattern.compile("(?:^|&)Qualifier=([^&]*)");

    private final LocalLambda lambda;

    LambdaOperations(LocalLambda lambda) {
        this.lambda = lambda;
    }

    void handle(HttpExchange exchange, HttpReply reply) throws IOException {
        String path = exchange.getRequestURI().getRawPath();
        Matcher one = ONE.matcher(path);
        if (path.equals(FUNCTIONS) || path.equals(FUNCTIONS + "/")) {
            requireMethod(exchange, "GET");
            reply.json(200, this::list);
        } else if (one.matches()) {
            ofOne(
                    exchange,
                    reply,
                    decoded(one.group(1)),
                    Optional.ofNullable(one.group(2)).orElse(""));
        } else {
            throw unknown(exchange);
        }
    }

    private void ofOne(HttpExchange exchange, HttpReply reply, String name, String operation) throws IOException {
        Optional<String> qualifier = qualifier(exchange);
        switch (operation) {
            case "invocations" -> {
                requireMethod(exchange, "POST");
                invoke(exchange, reply, name, qualifier);
            }
            case "configuration" -> {
                requireMethod(exchange, "GET");
                FunctionFacts facts = lambda.facts(FunctionArn.parse(name, qualifier));
                reply.json(200, facts::writeTo);
            }
            default -> {
                requireMethod(exchange, "GET");
                FunctionFacts facts = lambda.facts(FunctionArn.parse(name, qualifier));
                reply.json(200, json -> function(json, facts));
            }
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
            // The client did not wait for its answer.
        }
    }

    private static LambdaApiException refusal(Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        return cause instanceof LambdaApiException refusal
                ? refusal
                : new LambdaApiException("ServiceException", 500, cause.toString());
    }

    private void list(JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeArrayFieldStart("Functions");
        for (FunctionDefinition definition : lambda.functions()) {
            lambda.facts(FunctionArn.parse(definition.name(), Optional.empty())).writeTo(json);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void function(JsonGenerator json, FunctionFacts facts) throws IOException {
        json.writeStartObject();
        json.writeFieldName("Configuration");
        facts.writeTo(json);
        if (facts.zip().isPresent()) {
            json.writeObjectFieldStart("Code");
            json.writeStringField("RepositoryType", "local");
            json.writeStringField("Location", facts.zip().get().toUri().toString());
            json.writeEndObject();
        }
        json.writeEndObject();
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

    private static Optional<String> qualifier(HttpExchange exchange) {
        return Optional.ofNullable(exchange.getRequestURI().getRawQuery())
                .map(QUALIFIER::matcher)
                .filter(Matcher::find)
                .map(matcher -> decoded(matcher.group(1)));
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    private static LambdaApiException invalid(String message) {
        return new LambdaApiException("ValidationException", 400, message);
    }

    private static LambdaApiException unknown(HttpExchange exchange) {
        return new LambdaApiException(
                "UnknownOperationException",
                404,
                "Nothing at " + exchange.getRequestMethod() + " " + exchange.getRequestURI()
                        + ": of Lambda's API there are Invoke, ListFunctions, GetFunction and GetFunctionConfiguration");
    }
}
