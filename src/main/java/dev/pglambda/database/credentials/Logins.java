package dev.pglambda.database.credentials;

import dev.pglambda.database.settings.Settings;
import dev.pglambda.database.settings.SqlStates;
import dev.pglambda.handler.Deadline;
import io.micronaut.json.JsonMapper;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.util.function.Supplier;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/**
 * What secrets say of users that are to be created: for whoever administers the database. Thread-safe. Asks Secrets Manager
 * at every call, since what it says goes to the server for good.
 */
public final class Logins {

    private final Settings settings;
    private final SecretDocument document;
    private final Supplier<SecretsManagerClient> client;

    /** Reads nothing yet. */
    public Logins(Settings settings, JsonMapper json, Supplier<SecretsManagerClient> client) {
        this.settings = settings;
        this.document = new SecretDocument(json, settings);
        this.client = client;
    }

    /** Whether the administrator logs in by IAM tokens. */
    public boolean administratorUsesTokens() {
        return settings.isIamLogin();
    }

    /**
     * The user of a secret in the format of RDS, by its ARN or name.
     *
     * @throws SQLException when it cannot be read (the role needs {@code secretsmanager:GetSecretValue} on it) or is in
     *     another format; the message never quotes it
     */
    public Login read(String secretId, Deadline deadline) throws SQLException {
        try {
            return document.login(secretId, new SecretText(secretId, client).read(deadline));
        } catch (Settings.WrongSetting e) {
            throw new SQLNonTransientConnectionException(e.getMessage(), SqlStates.CONFIG_ERROR, e);
        }
    }
}
