package dev.pglambda.database.credentials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pglambda.database.settings.Settings;
import dev.pglambda.database.settings.SqlStates;
import dev.pglambda.handler.Deadline;
import io.micronaut.serde.ObjectMapper;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueRequest;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueResponse;
import software.amazon.awssdk.services.secretsmanager.model.SecretsManagerException;

class SecretCredentialsTest {

    private static final Deadline SOON = Deadline.of(Duration.ofMinutes(1));

    private final AtomicLong clock = new AtomicLong();
    private final FakeClient client = new FakeClient();
    private final SecretCredentials credentials = new SecretCredentials(
            "app",
            () -> client,
            new SecretDocument(ObjectMapper.getDefault(), new Settings(name -> Optional.empty())),
            clock::get);

    /** Answers with the password that a test sets; fails when there is none. */
    private static final class FakeClient implements SecretsManagerClient {

        private final AtomicInteger calls = new AtomicInteger();
        private String password = "first";

        @Override
        public GetSecretValueResponse getSecretValue(GetSecretValueRequest request) {
            calls.incrementAndGet();
            if (password == null) {
                throw SdkClientException.create("no route");
            }
            String secret = "{\"username\":\"u\",\"password\":\"" + password + "\",\"host\":\"h\",\"dbname\":\"d\"}";
            return GetSecretValueResponse.builder().secretString(secret).build();
        }

        @Override
        public String serviceName() {
            return "secretsmanager";
        }

        @Override
        public void close() {
            // holds nothing
        }
    }

    private String password() throws SQLException {
        return credentials.current(SOON).password();
    }

    private void later(Duration time) {
        clock.addAndGet(time.toNanos());
    }

    /** Such as one without a region or credentials, which the SDK and Micronaut report by exceptions of their own. */
    @Test
    void a_client_that_cannot_be_made_is_a_permanent_failure_with_its_reason() {
        SecretText secret = new SecretText("app", () -> {
            throw new IllegalStateException("no region");
        });
        assertThatThrownBy(() -> secret.read(SOON))
                .isInstanceOf(SQLNonTransientConnectionException.class)
                .hasMessageContaining("'app'")
                .hasMessageContaining("no region")
                .satisfies(e -> assertThat(((SQLException) e).getSQLState()).isEqualTo(SqlStates.CONFIG_ERROR));
    }

    /** As from a proxy: an answer in HTML has no error code. */
    @Test
    void an_answer_without_an_error_code_is_named_by_its_status() {
        SecretText unavailable = new SecretText("app", failing(503));
        assertThatThrownBy(() -> unavailable.read(SOON))
                .isInstanceOf(SQLTransientConnectionException.class)
                .hasMessageContaining("HTTP 503");
        SecretText forbidden = new SecretText("app", failing(403));
        assertThatThrownBy(() -> forbidden.read(SOON))
                .isInstanceOf(SQLNonTransientConnectionException.class)
                .hasMessageContaining("HTTP 403");
    }

    private static Supplier<SecretsManagerClient> failing(int status) {
        return () -> {
            throw SecretsManagerException.builder()
                    .message("<html>")
                    .statusCode(status)
                    .build();
        };
    }

    @Test
    void the_secret_is_read_once_in_five_minutes() throws SQLException {
        assertThat(password()).isEqualTo("first");
        client.password = "second";
        later(Duration.ofMinutes(5).minusMillis(1));
        assertThat(password()).isEqualTo("first");
        later(Duration.ofMillis(1));
        assertThat(password()).isEqualTo("second");
        assertThat(client.calls).hasValue(2);
    }

    @Test
    void refused_credentials_are_read_again_once() throws SQLException {
        Credentials first = credentials.current(SOON);
        client.password = "second";
        assertThat(credentials.reject(first)).isTrue();
        assertThat(password()).isEqualTo("second");
        assertThat(credentials.reject(first)).as("an old refusal, late").isTrue();
        assertThat(password()).isEqualTo("second");
        assertThat(client.calls).hasValue(2);
    }

    @Test
    void expired_credentials_outlive_an_outage_and_refused_ones_do_not() throws SQLException {
        Credentials first = credentials.current(SOON);
        client.password = null;
        later(Duration.ofMinutes(6));
        assertThat(password()).isEqualTo("first");
        credentials.reject(first);
        assertThatThrownBy(this::password).isInstanceOf(SQLTransientConnectionException.class);
        credentials.forget();
        assertThatThrownBy(this::password).hasMessageContaining("cannot be reached for the secret 'app'");
    }

    @Test
    void neither_credentials_nor_their_source_print_the_password() throws SQLException {
        assertThat(credentials.current(SOON).toString()).doesNotContain("first").contains("***");
        assertThat(credentials.toString()).doesNotContain("first");
    }
}
