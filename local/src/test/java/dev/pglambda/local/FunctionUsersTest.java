package dev.pglambda.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pglambda.function.FunctionDescription;
import dev.pglambda.local.lambda.LambdaSettings;
import dev.pglambda.local.lambda.LocalLambda;
import dev.pglambda.local.lambda.code.ZipFunction;
import dev.pglambda.local.postgres.Password;
import dev.pglambda.local.secrets.LocalSecrets;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FunctionUsersTest {

    private static final URI ENDPOINT = URI.create("http://127.0.0.1:3001");
    private static final Path CERTIFICATE = Path.of("postgres.pem");

    private static final ZipFunction INSTALLER =
            function(FunctionDescription.of("first", "Handler").withDatabase());
    private static final ZipFunction PRICE =
            function(FunctionDescription.of("price", "Handler").withDatabase("reader"));
    private static final ZipFunction PLAIN = function(FunctionDescription.of("plain", "Handler"));

    private LocalLambda lambda;
    private FunctionUsers users;

    @BeforeEach
    void start() throws IOException {
        lambda = LocalLambda.start(LambdaSettings.defaults());
        PlatformFunctions functions = new PlatformFunctions(INSTALLER, List.of(PRICE, PLAIN));
        users = new FunctionUsers(functions, new Password("typed"), new LocalSecrets(lambda, line -> {}));
    }

    @AfterEach
    void stop() {
        lambda.close();
    }

    @Test
    void a_function_with_a_database_gets_its_own_secret_and_another_one_nothing() {
        assertThat(users.withEnvironment(PRICE, ENDPOINT, CERTIFICATE).environment())
                .hasEntrySatisfying("DB_SECRET_ARN", arn -> assertThat(arn).contains(":secret:pglambda/local/price-"))
                .containsEntry("AWS_ENDPOINT_URL_SECRETS_MANAGER", "http://127.0.0.1:3001")
                .containsEntry("DB_SSL_ROOT_CERT", "postgres.pem")
                .containsEntry("COLOUR", "blue");
        assertThat(users.withEnvironment(PLAIN, ENDPOINT, CERTIFICATE).environment())
                .containsOnlyKeys("COLOUR");
    }

    @Test
    void the_installer_gets_every_user_and_its_roles() {
        assertThat(users.logins()).singleElement().satisfies(login -> {
            assertThat(login.get("secretArn").toString()).contains(":secret:pglambda/local/price-");
            assertThat(login.get("roles")).isEqualTo(List.of("reader"));
        });
    }

    private static ZipFunction function(FunctionDescription description) {
        return new ZipFunction(description, Path.of(description.name() + ".zip"), List.of(), Map.of("COLOUR", "blue"));
    }
}
