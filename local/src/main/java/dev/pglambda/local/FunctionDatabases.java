package dev.pglambda.local;

import dev.pglambda.local.lambda.FunctionDefinition;
import dev.pglambda.local.lambda.ZipFunction;
import dev.pglambda.local.postgres.LocalPostgres;
import dev.pglambda.local.secrets.LocalSecrets;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * How functions come to the database: {@code setup} as the administrator, each other as a user of its own name. Each has
 * a secret for that, and environment variables that say where it is, as on AWS.
 */
final class FunctionDatabases {

    private static final String SECRETS = "pglambda/local/";
    /** The users whom the bundle has a role for. There even without the function, for whoever tries the secrets. */
    static final String PROCESS = "process";

    static final String MONITOR = "monitor";

    private final LocalSecrets secrets;
    private final Map<String, String> secretArns = new TreeMap<>();

    private FunctionDatabases(LocalSecrets secrets) {
        this.secrets = secrets;
    }

    /** Names the secrets. They have no value before there is a server. */
    static FunctionDatabases of(List<ZipFunction> functions, LocalSecrets secrets) {
        FunctionDatabases databases = new FunctionDatabases(secrets);
        Stream.concat(
                        Stream.of(LocalPostgres.MASTER, PROCESS, MONITOR),
                        functions.stream()
                                .map(ZipFunction::definition)
                                .filter(FunctionDefinition::database)
                                .map(FunctionDatabases::user))
                .distinct()
                .forEach(user -> databases.secretArns.put(user, secrets.declare(SECRETS + user)));
        return databases;
    }

    /** The function with the environment that it needs. */
    ZipFunction equip(ZipFunction function, URI endpoint, Path certificate) {
        if (!function.definition().database()) {
            return function;
        }
        Map<String, String> environment = new TreeMap<>(function.environment());
        environment.put("DB_SECRET_ARN", secretArns.get(user(function.definition())));
        environment.put("AWS_ENDPOINT_URL_SECRETS_MANAGER", endpoint.toString());
        environment.put("DB_SSL_ROOT_CERT", certificate.toString());
        return new ZipFunction(function.definition(), function.zip(), function.layers(), environment);
    }

    /** Creates the users and tells the secrets. */
    void open(LocalPostgres postgres) throws SQLException {
        try (Connection master = postgres.connectAsMaster(LocalPostgres.DATABASE);
                Statement statement = master.createStatement()) {
            for (String user : secretArns.keySet()) {
                if (!user.equals(LocalPostgres.MASTER)) {
                    // The password is the name, as with master and app: there is nothing to protect.
                    statement.execute("create role " + statement.enquoteIdentifier(user, true) + " login password "
                            + statement.enquoteLiteral(user));
                }
                secrets.put(SECRETS + user, secret(postgres.port(), user));
            }
        }
    }

    private static String user(FunctionDefinition function) {
        return function.name().equals(SetupFunction.NAME) ? LocalPostgres.MASTER : function.name();
    }

    /** As RDS writes it. Users are function names, which JSON needs not escape. */
    private static String secret(int port, String user) {
        return """
                {"engine":"postgres","host":"127.0.0.1","port":%d,"username":"%s","password":"%s","dbname":"%s"}""".formatted(port, user, user, LocalPostgres.DATABASE);
    }
}
