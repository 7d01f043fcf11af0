package dev.pglambda.database.credentials;

import dev.pglambda.database.settings.Server;
import dev.pglambda.database.settings.Settings;
import io.micronaut.core.type.Argument;
import io.micronaut.json.JsonMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads a secret in the format of RDS: {@code username}, {@code password}, and {@code host}, {@code port}, {@code
 * dbname}, {@code engine}. Secrets that RDS manages itself have only the first two: then {@code DB_HOST}, {@code
 * DB_PORT} and {@code DB_NAME} are used. {@code DB_PROXY_HOST} overrides the secret's host, which rotation still uses.
 * Errors name fields and never quote the secret, not even in a cause.
 */
final class SecretDocument {

    private static final Argument<Map<String, Object>> FIELDS = Argument.mapOf(String.class, Object.class);

    private final JsonMapper json;
    private final Settings settings;

    SecretDocument(JsonMapper json, Settings settings) {
        this.json = json;
        this.settings = settings;
    }

    /** Throws {@link Settings.WrongSetting}. */
    Credentials read(String secretId, String document) {
        Map<String, Object> fields = parse(secretId, document);
        checkEngine(secretId, fields);
        Optional<String> host =
                settings.text("DB_PROXY_HOST").or(() -> field(fields, "host")).or(() -> settings.text("DB_HOST"));
        Optional<String> database = field(fields, "dbname").or(() -> settings.text("DB_NAME"));
        Optional<String> user = field(fields, "username");
        Optional<String> password = field(fields, "password");
        List<String> missing = new ArrayList<>();
        user.ifPresentOrElse(u -> {}, () -> missing.add("username"));
        password.ifPresentOrElse(p -> {}, () -> missing.add("password"));
        host.ifPresentOrElse(h -> {}, () -> missing.add("host (or set DB_HOST)"));
        database.ifPresentOrElse(d -> {}, () -> missing.add("dbname (or set DB_NAME)"));
        if (!missing.isEmpty()) {
            throw wrong(secretId, "lacks " + String.join(", ", missing));
        }
        Server server = new Server(
                host.get().strip(), port(secretId, fields), database.get().strip());
        return new Credentials(server, user.get(), password.get());
    }

    /** The user of the secret. Throws {@link Settings.WrongSetting}. */
    Login login(String secretId, String document) {
        Map<String, Object> fields = parse(secretId, document);
        checkEngine(secretId, fields);
        String user = field(fields, "username").orElseThrow(() -> wrong(secretId, "lacks username"));
        String password = field(fields, "password").orElseThrow(() -> wrong(secretId, "lacks password"));
        return Login.of(user, password);
    }

    private Map<String, Object> parse(String secretId, String document) {
        try {
            Map<String, Object> fields = json.readValue(document, FIELDS);
            if (fields != null) {
                return fields;
            }
        } catch (IOException | RuntimeException e) {
            // neither its cause nor its message, because parsers quote what they read
        }
        throw wrong(secretId, "is not a JSON object such as {\"username\":…,\"password\":…,\"host\":…,\"dbname\":…}");
    }

    private static void checkEngine(String secretId, Map<String, Object> fields) {
        field(fields, "engine").filter(engine -> !engine.contains("postgres")).ifPresent(engine -> {
            throw wrong(secretId, "is for the engine '" + engine + "', not for PostgreSQL");
        });
    }

    private int port(String secretId, Map<String, Object> fields) {
        Optional<String> port = field(fields, "port");
        if (port.isEmpty()) {
            return settings.number("DB_PORT", Server.DEFAULT_PORT, 1, 65535);
        }
        try {
            return Settings.inRange("port", port.get(), 1, 65535);
        } catch (Settings.WrongSetting e) {
            throw wrong(secretId, "has a port that is not a whole number from 1 to 65535");
        }
    }

    private static Optional<String> field(Map<String, Object> fields, String name) {
        Object value = fields.get(name);
        boolean scalar = value instanceof String || value instanceof Number;
        return scalar ? Optional.of(value.toString()).filter(text -> !text.isBlank()) : Optional.empty();
    }

    private static Settings.WrongSetting wrong(String secretId, String what) {
        return new Settings.WrongSetting("the secret '" + secretId + "' " + what);
    }
}
