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

    /** A signer of IAM tokens (with the secret in reserve, if the settings name one), the secret, or the settings themselves. Reads nothing yet. */
    static CredentialSource of(Settings settings, JsonMapper json, Supplier<SecretsManagerClient> client) {
        Optional<CredentialSource> secret = settings.secretId()
                .map(id -> new SecretCredentials(id, client, new SecretDocument(json, settings), System::nanoTime));
        if (settings.isIamLogin()) {
            CredentialSource tokens = IamCredentials.from(settings, json);
            return secret.map(first -> (CredentialSource) new TokensOrSecret(tokens, first))
                    .orElse(tokens);
        }
        return secret.orElseGet(() -> DirectCredentials.from(settings));
    }
}
