package dev.pglambda.database;

import dev.pglambda.handler.Deadline;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.util.function.Supplier;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/**
 * What secrets say of users that are to be created: for whoever administers the database. Thread-safe. Asks Secrets Manager
 * at every call, since what it says goes to the server for good.
 */
public final class Logins {

    private final SecretDocument document;
    private final Supplier<SecretsManagerClient> client;

    Logins(SecretDocument document, Supplier<SecretsManagerClient> client) {
        this.document = document;
        this.client = client;
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
