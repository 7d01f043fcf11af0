package dev.pglambda.database.credentials;

import dev.pglambda.database.settings.Settings;
import dev.pglambda.database.settings.SqlStates;
import dev.pglambda.handler.Deadline;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueRequest;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueResponse;

/** The current text of one secret in AWS Secrets Manager. Reads it each time; an error never quotes it. */
final class SecretText {

    private static final Duration SHORTEST = Duration.ofMillis(50);
    private static final Duration LONGEST = Duration.ofSeconds(3);

    private final String secretId;
    private final Supplier<SecretsManagerClient> client;

    SecretText(String secretId, Supplier<SecretsManagerClient> client) {
        this.secretId = secretId;
        this.client = client;
    }

    /** Throws {@link Settings.WrongSetting}, too. */
    String read(Deadline deadline) throws SQLException {
        try {
            Duration patience = deadline.atMost(LONGEST).remaining();
            GetSecretValueResponse secret = client.get().getSecretValue(request(patience));
            if (secret.secretString() == null) {
                throw new Settings.WrongSetting("the secret '" + secretId + "' is binary: it must be a JSON text");
            }
            return secret.secretString();
        } catch (Settings.WrongSetting e) {
            throw e;
        } catch (AwsServiceException e) {
            throw refusal(e);
        } catch (SdkException e) {
            throw new SQLTransientConnectionException(
                    "Secrets Manager cannot be reached for the secret '" + secretId + "': " + e.getMessage(),
                    SqlStates.CANNOT_CONNECT,
                    e);
        } catch (RuntimeException e) {
            // Such as a client without a region or credentials: trying again does not help.
            throw new SQLNonTransientConnectionException(
                    "the client of Secrets Manager failed for the secret '" + secretId + "': " + e.getMessage(),
                    SqlStates.CONFIG_ERROR,
                    e);
        }
    }

    /**
     * One try for each call: callers try again themselves, sooner than the SDK would, and report the error at their
     * deadline.
     */
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
        Optional<AwsErrorDetails> details = Optional.ofNullable(e.awsErrorDetails());
        // A proxy or a load balancer answers without a code.
        String code = details.map(AwsErrorDetails::errorCode).orElse("HTTP " + e.statusCode());
        String words = details.map(AwsErrorDetails::errorMessage)
                .map(text -> " (" + text + ")")
                .orElse("");
        String message = "the secret '" + secretId + "' cannot be read: " + code + advice(code) + words;
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
