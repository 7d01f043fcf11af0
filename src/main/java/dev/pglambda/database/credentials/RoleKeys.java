package dev.pglambda.database.credentials;

import dev.pglambda.database.settings.SqlStates;
import io.micronaut.core.type.Argument;
import io.micronaut.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLTransientConnectionException;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Reads the keys of the function's role, each time again: from environment variables; with SnapStart, whose snapshots
 * must not contain them, from the local endpoint that Lambda names instead. Thread-safe.
 */
final class RoleKeys {

    private static final Argument<Map<String, Object>> FIELDS = Argument.mapOf(String.class, Object.class);
    private static final int TIMEOUT_MILLIS = 1_000;

    private final Function<String, Optional<String>> environment;
    private final JsonMapper json;

    RoleKeys(Function<String, Optional<String>> environment, JsonMapper json) {
        this.environment = environment;
        this.json = json;
    }

    AwsKeys current() throws SQLException {
        Optional<String> endpoint = environment.apply("AWS_CONTAINER_CREDENTIALS_FULL_URI");
        if (endpoint.isPresent()) {
            return fromEndpoint(endpoint.get());
        }
        Optional<String> id = environment.apply("AWS_ACCESS_KEY_ID");
        Optional<String> secret = environment.apply("AWS_SECRET_ACCESS_KEY");
        if (id.isEmpty() || secret.isEmpty()) {
            throw new SQLNonTransientConnectionException(
                    "DB_AUTH is 'iam', and there are no keys to sign with: set AWS_ACCESS_KEY_ID and"
                            + " AWS_SECRET_ACCESS_KEY, as Lambda does",
                    SqlStates.CONFIG_ERROR);
        }
        return new AwsKeys(id.get(), secret.get(), environment.apply("AWS_SESSION_TOKEN"));
    }

    private AwsKeys fromEndpoint(String endpoint) throws SQLException {
        try {
            HttpURLConnection connection =
                    (HttpURLConnection) URI.create(endpoint).toURL().openConnection();
            connection.setConnectTimeout(TIMEOUT_MILLIS);
            connection.setReadTimeout(TIMEOUT_MILLIS);
            environment
                    .apply("AWS_CONTAINER_AUTHORIZATION_TOKEN")
                    .ifPresent(token -> connection.setRequestProperty("Authorization", token));
            try (InputStream reply = connection.getInputStream()) {
                Map<String, Object> fields = json.readValue(reply.readAllBytes(), FIELDS);
                return new AwsKeys(
                        String.valueOf(fields.get("AccessKeyId")),
                        String.valueOf(fields.get("SecretAccessKey")),
                        Optional.ofNullable(fields.get("Token")).map(Object::toString));
            }
        } catch (IOException | RuntimeException e) {
            // Without the cause, because a parser quotes what it reads.
            throw new SQLTransientConnectionException(
                    "the keys of the function's role cannot be read from " + endpoint + " ("
                            + e.getClass().getSimpleName() + ")",
                    SqlStates.CANNOT_CONNECT);
        }
    }
}
