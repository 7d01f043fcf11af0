package dev.pglambda.local;

import dev.pglambda.function.FunctionDescription;
import dev.pglambda.local.lambda.LambdaSettings;
import dev.pglambda.local.lambda.api.FunctionArn;
import dev.pglambda.local.lambda.api.InvokeApi;
import dev.pglambda.local.lambda.api.InvokeReply;
import dev.pglambda.local.lambda.api.InvokeRequest;
import dev.pglambda.local.lambda.api.JsonObjects;
import dev.pglambda.local.postgres.LocalPostgres;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Calls the function that installs the bundle, as CloudFormation would. */
final class BundleInstaller {

    private final InvokeApi lambda;
    private final String function;

    BundleInstaller(InvokeApi lambda, String function) {
        this.lambda = lambda;
        this.function = function;
    }

    /** Installs the bundle, registers the functions that SQL may call by their aliases, and makes the users. */
    void install(List<FunctionDescription> callable, List<Map<String, Object>> logins) {
        call(Map.of("RequestType", "Create", "ResourceProperties", properties(callable, logins)));
    }

    /** The same with other descriptions of the functions: what the former ones had, and these have not, is removed. */
    void update(
            List<FunctionDescription> former, List<FunctionDescription> callable, List<Map<String, Object>> logins) {
        call(Map.of(
                "RequestType",
                "Update",
                "OldResourceProperties",
                properties(former, logins),
                "ResourceProperties",
                properties(callable, logins)));
    }

    private void call(Map<String, Object> event) {
        InvokeReply reply = lambda.invoke(InvokeRequest.of(function, JsonObjects.bytes(event)))
                .join();
        if (reply.functionError().isPresent()) {
            throw new PlatformException("function " + function + " failed: "
                    + errorMessage(reply.payload().orElse(new byte[0])));
        }
    }

    private static Map<String, Object> properties(
            List<FunctionDescription> callable, List<Map<String, Object>> logins) {
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put(
                "Functions",
                callable.stream().map(BundleInstaller::registration).toList());
        properties.put("Logins", logins);
        properties.put("Members", Map.of(DatabasePreparation.APPLICATION_ROLE, List.of(LocalPostgres.APP)));
        return properties;
    }

    /** With as many calls at a time as Lambda lets through, so that more sessions wait for a place and are not refused. */
    private static Map<String, Object> registration(FunctionDescription function) {
        return Map.of(
                "name",
                function.name(),
                "arn",
                function.name() + ":" + FunctionArn.ALIAS,
                "maxConcurrency",
                function.maxConcurrency().orElse(LambdaSettings.defaults().maxConcurrency()),
                "sql",
                function.sql());
    }

    private static String errorMessage(byte[] error) {
        String text = new String(error, StandardCharsets.UTF_8);
        try {
            text = String.valueOf(JsonObjects.read(error).getOrDefault("errorMessage", text));
        } catch (IOException e) {
            // Not JSON: the message is all of it.
        }
        return text.replaceAll("\\s+", " ");
    }
}
