package dev.pglambda.database.credentials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.micronaut.context.ApplicationContext;
import io.micronaut.json.JsonMapper;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RoleKeysTest {

    private static RoleKeys keys(Map<String, String> environment) {
        try (ApplicationContext context = ApplicationContext.run()) {
            return new RoleKeys(name -> Optional.ofNullable(environment.get(name)), context.getBean(JsonMapper.class));
        }
    }

    @Test
    void keys_come_from_the_environment() throws SQLException {
        assertThat(keys(Map.of(
                                "AWS_ACCESS_KEY_ID", "id",
                                "AWS_SECRET_ACCESS_KEY", "secret",
                                "AWS_SESSION_TOKEN", "token"))
                        .current())
                .isEqualTo(new AwsKeys("id", "secret", Optional.of("token")));
        assertThatThrownBy(() -> keys(Map.of("AWS_ACCESS_KEY_ID", "id")).current())
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("AWS_SECRET_ACCESS_KEY");
    }

    @Test
    void with_snap_start_keys_come_from_a_local_endpoint_with_its_token() throws Exception {
        HttpServer endpoint = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        endpoint.createContext("/", exchange -> {
            boolean known = "guess".equals(exchange.getRequestHeaders().getFirst("Authorization"));
            byte[] reply = "{\"AccessKeyId\": \"id\", \"SecretAccessKey\": \"secret\", \"Token\": \"token\"}"
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(known ? 200 : 403, reply.length);
            exchange.getResponseBody().write(reply);
            exchange.close();
        });
        endpoint.start();
        try {
            String uri = "http://127.0.0.1:" + endpoint.getAddress().getPort() + "/keys";
            assertThat(keys(Map.of(
                                    "AWS_CONTAINER_CREDENTIALS_FULL_URI",
                                    uri,
                                    "AWS_CONTAINER_AUTHORIZATION_TOKEN",
                                    "guess"))
                            .current())
                    .isEqualTo(new AwsKeys("id", "secret", Optional.of("token")));
            assertThatThrownBy(() -> keys(Map.of("AWS_CONTAINER_CREDENTIALS_FULL_URI", uri))
                            .current())
                    .isInstanceOf(SQLTransientConnectionException.class)
                    .hasMessageContaining(uri);
        } finally {
            endpoint.stop(0);
        }
    }
}
