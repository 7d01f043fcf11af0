package dev.pglambda.database;

import dev.pglambda.handler.Deadline;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueRequest;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueResponse;

/**
 * Credentials from AWS Secrets Manager, cached for five minutes.
 *
 * <p>Refused credentials are fetched anew by the next {@link #current}. When Secrets Manager cannot be reached, expired
 * but unrefused ones go on serving: they are most likely right, and a failed call would be certain.
 */
final class SecretCredentials implements CredentialSource {

    private static final Logger LOG = LoggerFactory.getLogger(SecretCredentials.class);
    private static final long FRESH_NANOS = Duration.ofMinutes(5).toNanos();
    private static final Duration SHORTEST = Duration.ofMillis(50);
    private static final Duration LONGEST = Duration.ofSeconds(3);

    private final String secretId;
    private final Supplier<SecretsManagerClient> client;
    private final SecretDocument document;
    private final LongSupplier clock;

    private Credentials cached;
    private long fetchedAt;
    private boolean refused;

    SecretCredentials(
            String secretId, Supplier<SecretsManagerClient> client, SecretDocument document, LongSupplier nanoClock) {
        this.secretId = secretId;
        this.client = client;
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
        refused |= wrong.equals(cached); // not when another thread has fetched newer ones since
        return true;
    }

    @Override
    public synchronized void forget() {
        cached = null;
        refused = false;
    }

    @Override
    public boolean isSecret() {
        return true;
    }

    private Credentials fetch(Deadline deadline) throws SQLException {
        try {
            Duration patience = deadline.atMost(LONGEST).remaining();
            GetSecretValueResponse secret = client.get().getSecretValue(request(patience));
            if (secret.secretString() == null) {
                throw new Settings.WrongSetting("the secret '" + secretId + "' is binary: it must be a JSON text");
            }
            return document.read(secretId, secret.secretString());
        } catch (AwsServiceException e) {
            throw refusal(e);
        } catch (SdkException e) {
            throw new SQLTransientConnectionException(
                    "Secrets Manager cannot be reached for the secret '" + secretId + "': " + e.getMessage(),
                    SqlStates.CANNOT_CONNECT,
                    e);
        } catch (Settings.WrongSetting e) {
            throw new SQLNonTransientConnectionException(e.getMessage(), SqlStates.CONFIG_ERROR, e);
        }
    }

    /** One try per call: whoever asks tries again, sooner than the SDK would, and knows the error when time runs out. */
    private GetSecretValueRequest request(Duration patience) {
        Duration atLeast = patience.compareTo(SHORTEST) < 0 ? SHORTEST : patience;
        return GetSecretValueRequest.builder()
                .secretId(secretId)
                .overrideConfiguration(request -> request.apiCallTimeout(atLeast)
                        .addPlugin(client ->
                                client.overrideConfiguration(all -> all.retryStrategy(AwsRetryStrategy.doNotRetry()))))
                .build();
    }

    private SQLException refusal(AwsServiceException e) {
        AwsErrorDetails details = e.awsErrorDetails();
        String code = details == null ? "HTTP " + e.statusCode() : details.errorCode();
        String message = "the secret '" + secretId + "' cannot be read: " + code + advice(code)
                + (details == null || details.errorMessage() == null ? "" : " (" + details.errorMessage() + ")");
        return e.isThrottlingException() || e.statusCode() >= 500
                ? new SQLTransientConnectionException(message, SqlStates.CANNOT_CONNECT, e)
                : new SQLNonTransientConnectionException(message, SqlStates.INVALID_AUTHORIZATION, e);
    }

    private static String advice(String code) {
        return switch (code) {
            case "AccessDeniedException" ->
                ": the function's role needs secretsmanager:GetSecretValue on it, and kms:Decrypt on its key";
            case "ResourceNotFoundException" ->
                ": check DB_SECRET_ARN and the region, and that the secret has a current version";
            default -> "";
        };
    }
}
