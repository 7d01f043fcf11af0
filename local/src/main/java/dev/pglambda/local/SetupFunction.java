package dev.pglambda.local;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.pglambda.local.lambda.InvokeApi;
import dev.pglambda.local.lambda.InvokeReply;
import dev.pglambda.local.lambda.InvokeRequest;
import dev.pglambda.local.lambda.LocalLambda;
import dev.pglambda.local.postgres.LocalPostgres;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/** The function {@code setup}, called as CloudFormation would. */
final class SetupFunction {

    static final String NAME = "setup";

    private final InvokeApi lambda;

    SetupFunction(InvokeApi lambda) {
        this.lambda = lambda;
    }

    /** Installs the bundle, registers the functions under their names and aliases, and lets the users in. */
    void create(List<String> functions) {
        InvokeReply reply = lambda.invoke(
                        InvokeRequest.of(NAME, event(functions).getBytes(StandardCharsets.UTF_8)))
                .join();
        if (reply.functionError().isPresent()) {
            throw new PlatformException(
                    "function setup failed: " + errorMessage(reply.payload().orElse(new byte[0])));
        }
    }

    /** Names of functions are nothing that JSON would have to escape. */
    private static String event(List<String> functions) {
        String entries = functions.stream()
                .map(name -> "{\"name\": \"%s\", \"arn\": \"%s:%s\"}".formatted(name, name, LocalLambda.ALIAS))
                .collect(Collectors.joining(", "));
        return """
                {"RequestType": "Create", "ResourceProperties": {"Functions": [%s],
                 "Members": {"pglambda_invoker": ["%s"], "pglambda_deliverer": ["%s"]%s}}}""".formatted(entries, LocalPostgres.APP, FunctionDatabases.MONITOR, processRole(functions));
    }

    /** The bundle has this role where the function is. */
    private static String processRole(List<String> functions) {
        String name = FunctionDatabases.PROCESS;
        return functions.contains(name) ? ", \"pglambda_process\": [\"" + name + "\"]" : "";
    }

    private static String errorMessage(byte[] error) {
        try (JsonParser parser = new JsonFactory().createParser(error)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String field = parser.currentName();
                parser.nextToken();
                if (field.equals("errorMessage")) {
                    return parser.getText().replaceAll("\\s+", " ");
                }
                parser.skipChildren();
            }
        } catch (IOException e) {
            // then all of it
        }
        return new String(error, StandardCharsets.UTF_8);
    }
}
