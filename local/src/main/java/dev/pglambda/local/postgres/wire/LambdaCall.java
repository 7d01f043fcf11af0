package dev.pglambda.local.postgres.wire;

import dev.pglambda.local.lambda.api.FunctionArn;
import dev.pglambda.local.lambda.api.InvocationType;
import dev.pglambda.local.lambda.api.InvokeApi;
import dev.pglambda.local.lambda.api.InvokeReply;
import dev.pglambda.local.lambda.api.InvokeRequest;
import dev.pglambda.local.lambda.api.JsonObjects;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * One call as the extension sends it: a line of JSON with the arguments and settings, then the payload as it is.
 *
 * @param database where the caller is connected
 * @param requestTimeout how long the caller waits
 */
record LambdaCall(String database, Duration requestTimeout, InvokeRequest request) {

    /** Checks what {@code aws_lambda.invoke} checks and Lambda does not; throws {@link CallFailure}. */
    static LambdaCall parse(byte[] query) {
        int newline = indexOfNewline(query);
        Map<String, String> header = header(Arrays.copyOf(query, newline));
        TimeoutSetting.CONNECT.read(header.get("connectTimeoutMs"));
        Duration requestTimeout = TimeoutSetting.REQUEST.read(header.get("requestTimeoutMs"));
        String name = required(header, "functionName", "function_name");
        if (newline == query.length) {
            throw CallFailure.nullArgument("payload");
        }
        requireSameRegion(name, header.get("region"));
        InvokeRequest request = new InvokeRequest(
                name,
                Optional.ofNullable(header.get("qualifier")),
                invocationType(header),
                tailLog(header),
                Optional.ofNullable(header.get("context")).map(LambdaCall::base64),
                Arrays.copyOfRange(query, newline + 1, query.length));
        return new LambdaCall(header.get("database"), requestTimeout, request);
    }

    /** To give up on the reply leaves the function running, as on AWS. */
    CompletableFuture<InvokeReply> start(Function<String, InvokeApi> routing) {
        InvokeApi api = routing.apply(database);
        if (api == null) {
            throw CallFailure.unexpected("no Lambda for database " + database);
        }
        return api.invoke(request).copy(); // completing the copy leaves the platform's own future alone
    }

    private static int indexOfNewline(byte[] query) {
        for (int i = 0; i < query.length; i++) {
            if (query[i] == '\n') {
                return i;
            }
        }
        return query.length;
    }

    /** A flat JSON object whose values are strings or null; null is as absent. */
    private static Map<String, String> header(byte[] line) {
        Map<String, String> header = new HashMap<>();
        try {
            JsonObjects.read(line).forEach((name, value) -> {
                if (value instanceof String text) {
                    header.put(name, text);
                } else if (value != null) {
                    throw CallFailure.malformedCall();
                }
            });
            return header;
        } catch (IOException e) {
            throw CallFailure.malformedCall();
        }
    }

    /** A plain name is accepted with any region. */
    private static void requireSameRegion(String name, String region) {
        Optional<String> inName = FunctionArn.regionOf(name);
        if (region != null && inName.isPresent() && !region.equals(inName.get())) {
            throw CallFailure.contradictingRegion(region, inName.get());
        }
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
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

    private static String required(Map<String, String> header, String key, String argument) {
        String value = header.get(key);
        if (value == null) {
            throw CallFailure.nullArgument(argument);
        }
        return value;
    }
}
