package dev.pglambda.database.credentials;

import dev.pglambda.database.settings.Settings;
import dev.pglambda.handler.Deadline;
import io.micronaut.json.JsonMapper;
import java.sql.SQLException;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/**
 * Where credentials come from. Failures are {@link java.sql.SQLNonTransientConnectionException} when asking again cannot
 * help, {@link java.sql.SQLTransientConnectionException} when it may. Thread-safe.
 */
public interface CredentialSource {

    /** What a new connection is to use now. May do I/O, within the deadline. */
    Credentials current(Deadline deadline) throws SQLException;

    /** The server refused these. True when {@link #current} may have others for the next attempt. */
    boolean reject(Credentials refused);

    /** Drops what is cached. */
    void forget();

    /** What the server has refused, in words that follow "with". */
    String described();

    /** A signer of IAM tokens, the secret that the settings name, or the settings themselves. Reads nothing yet. */
    static CredentialSource of(Settings settings, JsonMapper json, Supplier<SecretsManagerClient> client) {
        if (settings.isIamLogin()) {
            return IamCredentials.from(settings, json);
        }
        Optional<String> secretId = settings.secretId();
        return secretId.isPresent()
                ? new SecretCredentials(secretId.get(), client, new SecretDocument(json, settings), System::nanoTime)
                : DirectCredentials.from(settings);
    }
}
