package dev.pglambda.local;

import dev.pglambda.function.FunctionDescription;
import dev.pglambda.local.lambda.api.JsonObjects;
import dev.pglambda.local.lambda.code.ZipFunction;
import dev.pglambda.local.postgres.LocalPostgres;
import dev.pglambda.local.postgres.Password;
import dev.pglambda.local.secrets.LocalSecrets;
import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The database users of the functions: the installer as the administrator, each other function as a user of its own
 * name. Each has a secret for that, and environment variables that name it, as on AWS. The installer makes the users.
 */
final class FunctionUsers {

    static final String SECRETS = "pglambda/local/";

    private final LocalSecrets secrets;
    /** By user. */
    private final Map<String, Password> passwords = new TreeMap<>();

    private final Map<String, String> secretArns = new TreeMap<>();
    private final Map<String, List<String>> roles = new TreeMap<>();

    /** Names the secrets. They get their values from {@link #fill}. */
    FunctionUsers(PlatformFunctions functions, Password administrator, LocalSecrets secrets) {
        this.secrets = secrets;
        passwords.put(LocalPostgres.MASTER, administrator);
        for (ZipFunction function : functions.others()) {
            if (function.description().database()) {
                passwords.put(function.name(), Password.random());
                roles.put(function.name(), function.description().roles());
            }
        }
        passwords.keySet().forEach(user -> secretArns.put(user, secrets.declare(SECRETS + user)));
    }

    /** The function with the environment that it needs. */
    ZipFunction withEnvironment(ZipFunction function, URI endpoint, Path certificate) {
        if (!function.description().database()) {
            return function;
        }
        Map<String, String> environment = new TreeMap<>(function.environment());
        environment.put("DB_SECRET_ARN", secretArns.get(user(function.description())));
        environment.put("AWS_ENDPOINT_URL_SECRETS_MANAGER", endpoint.toString());
        environment.put("DB_SSL_ROOT_CERT", certificate.toString());
        return new ZipFunction(function.description(), function.zip(), function.layers(), environment);
    }

    /** Gives the secrets their values, in the format of RDS. */
    void fill(int port) {
        passwords.forEach((user, password) -> {
            Map<String, Object> secret = new LinkedHashMap<>();
            secret.put("engine", "postgres");
            secret.put("host", "127.0.0.1");
            secret.put("port", port);
            secret.put("username", user);
            secret.put("password", password.reveal());
            secret.put("dbname", LocalPostgres.DATABASE);
            secrets.put(SECRETS + user, JsonObjects.text(secret));
        });
    }

    /** For the installer: each user's secret and roles. */
    List<Map<String, Object>> logins() {
        return roles.entrySet().stream()
                .map(entry ->
                        Map.<String, Object>of("secretArn", secretArns.get(entry.getKey()), "roles", entry.getValue()))
                .toList();
    }

    private static String user(FunctionDescription function) {
        return function.installer() ? LocalPostgres.MASTER : function.name();
    }
}
