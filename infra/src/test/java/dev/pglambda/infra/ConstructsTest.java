package dev.pglambda.infra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pglambda.function.FunctionDescription;
import dev.pglambda.function.FunctionFolder;
import dev.pglambda.infra.database.DatabaseEnvironment;
import dev.pglambda.infra.database.DatabaseLogin;
import dev.pglambda.infra.function.FunctionSettings;
import dev.pglambda.infra.function.PostgresFunction;
import dev.pglambda.infra.function.PostgresFunctionProps;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.sns.Topic;
import software.amazon.awscdk.services.sqs.Queue;

/** The constructs in another stack. */
@NeedsNode
class ConstructsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "true | 3 | 12000 | function.json of f says \"database\": true",
                "false | 12 | 12000 | function f may take 12 s, and its caller gives up after 12000 ms",
                "false | 900 | 12000 | lower timeoutSeconds in its function.json, or raise requestTimeoutMs",
            })
    void an_inconsistent_function_is_refused(boolean database, int seconds, int callerTimeoutMs, String message) {
        FunctionFolder template = Synthesis.shared().artifacts().callable().get(0);
        FunctionDescription description = FunctionDescription.of("f", "a.B").withLimits(512, seconds);
        FunctionFolder folder = new FunctionFolder(database ? description.withDatabase() : description, template.zip());
        FunctionSettings settings = Synthesis.reader(Map.of("requestTimeoutMs", String.valueOf(callerTimeoutMs)))
                .settings()
                .functions();
        Stack stack = new Stack(new App(), "Theirs");
        PostgresFunctionProps props = new PostgresFunctionProps(
                settings, Optional.empty(), new Queue(stack, "Queue"), new Topic(stack, "Topic"));
        assertThatThrownBy(() -> new PostgresFunction(stack, folder, props)).hasMessageContaining(message);
    }

    @Test
    void environment_holds_no_password_and_names_the_proxy_and_authorities_only_where_they_are() {
        DatabaseLogin login =
                new DatabaseLogin(Optional.of(new DatabaseLogin.Tokens("shop-process", "arn")), Optional.empty());
        Map<String, String> direct =
                new DatabaseEnvironment(login, "host", "app", Optional.empty(), Optional.empty()).variables();
        assertThat(direct)
                .containsEntry("DB_AUTH", "iam")
                .containsEntry("DB_USER", "shop-process")
                .containsEntry("DB_HOST", "host")
                .containsEntry("DB_NAME", "app")
                .containsEntry("DB_PORT", "5432")
                .doesNotContainKeys("DB_PROXY_HOST", "DB_PASSWORD", "DB_SECRET_ARN", "DB_SSL_ROOT_CERT");
        assertThat(new DatabaseEnvironment(login, "host", "app", Optional.of("proxy"), Optional.of("/opt/ca.pem"))
                        .variables())
                .containsAllEntriesOf(direct)
                .containsEntry("DB_PROXY_HOST", "proxy")
                .containsEntry("DB_SSL_ROOT_CERT", "/opt/ca.pem");
    }
}
