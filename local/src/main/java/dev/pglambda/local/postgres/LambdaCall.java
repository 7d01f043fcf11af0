package dev.pglambda.local.postgres;

import dev.pglambda.local.lambda.InvocationType;
import dev.pglambda.local.lambda.InvokeRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/**
 * One call as the extension sends it: a line of JSON with the arguments and settings, then the payload as it is.
 *
 * @param database where the caller is connected
 * @param requestTimeout how long the caller waits
 */
record LambdaCall(String database, Duration requestTimeout, InvokeRequest request) {

    private static final int MAX_CONTEXT = 3_583;

    /** Checks everything that {@code aws_lambda.invoke} checks; throws {@link CallFailure}. */
    static LambdaCall parse(byte[] query) {
        int newline = indexOfNewline(query);
        Map<String, String> header = CallHeader.parse(Arrays.copyOf(query, newline));
        TimeoutSetting.CONNECT.read(header.get("connectTimeoutMs"));
        Duration requestTimeout = TimeoutSetting.REQUEST.read(header.get("requestTimeoutMs"));
        String name = required(header, "functionName", "function_name");
        if (newline == query.length) {
            throw CallFailure.nullArgument("payload");
        }
        Optional<String> qualifier = Optional.ofNullable(header.get("qualifier"));
        FunctionName.parse(name).requireNoContradiction(Optional.ofNullable(header.get("region")), qualifier);
        InvokeRequest request = new InvokeRequest(
                name,
                qualifier,
                invocationType(header),
                tailLog(header),
                clientContext(header),
                Arrays.copyOfRange(query, newline + 1, query.length));
        return new LambdaCall(header.get("database"), requestTimeout, request);
    }

    private static int indexOfNewline(byte[] query) {
        for (int i = 0; i < query.length; i++) {
            if (query[i] == '\n') {
                return i;
            }
        }
        return query.length;
    }

    private static InvocationType invocationType(Map<String, String> header) {
        String type = required(header, "invocationType", "invocation_type");
        return InvocationType.ofApiName(type)
                .orElseThrow(() -> CallFailure.invalidArgument(
                        "invocation_type", type, "Available values: RequestResponse, Event, DryRun."));
    }

    private static boolean tailLog(Map<String, String> header) {
        String type = required(header, "logType", "log_type");
        return switch (type) {
            case "None" -> false;
            case "Tail" -> true;
            default -> throw CallFailure.invalidArgument("log_type", type, "Available values: None, Tail.");
        };
    }

    private static Optional<String> clientContext(Map<String, String> header) {
        Optional<String> context = Optional.ofNullable(header.get("context"))
                .map(json -> Base64.getEncoder().encodeToString(json.getBytes(StandardCharsets.UTF_8)));
        context.filter(base64 -> base64.length() > MAX_CONTEXT).ifPresent(base64 -> {
            throw CallFailure.contextTooLarge(base64.length(), MAX_CONTEXT);
        });
        return context;
    }

    private static String required(Map<String, String> header, String key, String argument) {
        String value = header.get(key);
        if (value == null) {
            throw CallFailure.nullArgument(argument);
        }
        return value;
    }
}
