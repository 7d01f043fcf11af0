package dev.pglambda.database.credentials;

import dev.pglambda.database.settings.Settings;
import dev.pglambda.database.settings.SqlStates;
import dev.pglambda.handler.Deadline;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/**
 * Credentials from AWS Secrets Manager, cached for five minutes.
 *
 * <p>After a refusal the next {@link #current} reads the secret again. When Secrets Manager cannot be reached,
 * credentials that are older than five minutes and were not refused are used on: they are most likely right.
 */
final class SecretCredentials implements CredentialSource {

    private static final Logger LOG = LoggerFactory.getLogger(SecretCredentials.class);
    private static final long FRESH_NANOS = Duration.ofMinutes(5).toNanos();

    private final String secretId;
    private final SecretText secret;
    private final SecretDocument document;
    private final LongSupplier clock;

    private Credentials cached;
    private long fetchedAt;
    private boolean refused;

    SecretCredentials(
            String secretId, Supplier<SecretsManagerClient> client, SecretDocument document, LongSupplier nanoClock) {
        this.secretId = secretId;
        this.secret = new SecretText(secretId, client);
        this.document = document;
        this.clock = nanoClock;
    }

    @Override
    public synchronized Credentials current(Deadline deadline) throws SQLException {
        boolean fresh = cached != null && !refused && clock.getAsLong() - fetchedAt < FRESH_NANOS;
        if (!fresh) {
            try {
                cached = fetch(deadline);
                fetchedAt = clock.getAsLong();
                refused = false;
            } catch (SQLTransientConnectionException e) {
                if (cached == null || refused) {
                    throw e;
                }
                LOG.warn("Going on with the cached credentials: {}", e.getMessage());
            }
        }
        return cached;
    }

    @Override
    public synchronized boolean reject(Credentials wrong) {
        refused |= wrong.equals(cached); // not if another thread has read newer ones since then
        return true;
    }

    @Override
    public synchronized void forget() {
        cached = null;
        refused = false;
    }

    @Override
    public String described() {
        return "the password that the secret holds, as during a rotation";
    }

    private Credentials fetch(Deadline deadline) throws SQLException {
        try {
            return document.read(secretId, secret.read(deadline));
        } catch (Settings.WrongSetting e) {
            throw new SQLNonTransientConnectionException(e.getMessage(), SqlStates.CONFIG_ERROR, e);
        }
    }
}
