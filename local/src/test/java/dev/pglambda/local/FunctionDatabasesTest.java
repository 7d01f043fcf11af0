package dev.pglambda.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pglambda.local.lambda.FunctionDefinition;
import dev.pglambda.local.lambda.ZipFunction;
import dev.pglambda.local.postgres.LocalPostgres;
import dev.pglambda.local.secrets.LocalSecrets;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FunctionDatabasesTest {

    private static final URI ENDPOINT = URI.create("http://127.0.0.1:3001");
    private static final Path AUTHORITY = Path.of("postgres.pem");

    private final LocalSecrets secrets = new LocalSecrets("us-east-1", "123456789012");

    @Test
    void a_function_is_told_its_own_secret_and_one_without_a_database_nothing() {
        ZipFunction setup = function("setup", true);
        ZipFunction price = function("price", true);
        ZipFunction plain = function("plain", false);
        FunctionDatabases databases = FunctionDatabases.of(List.of(setup, price, plain), secrets);

        assertThat(databases.equip(setup, ENDPOINT, AUTHORITY).environment().get("DB_SECRET_ARN"))
                .contains(":secret:pglambda/local/master-");
        assertThat(databases.equip(price, ENDPOINT, AUTHORITY).environment())
                .hasEntrySatisfying("DB_SECRET_ARN", arn -> assertThat(arn).contains(":secret:pglambda/local/price-"))
                .containsEntry("AWS_ENDPOINT_URL_SECRETS_MANAGER", "http://127.0.0.1:3001")
                .containsEntry("DB_SSL_ROOT_CERT", "postgres.pem")
                .containsEntry("COLOUR", "blue");
        assertThat(databases.equip(plain, ENDPOINT, AUTHORITY).environment()).containsOnlyKeys("COLOUR");
    }

    @Test
    void every_function_has_a_user_who_can_come_in() throws Exception {
        FunctionDatabases databases =
                FunctionDatabases.of(List.of(function("price-list", true), function("plain", false)), secrets);
        try (LocalPostgres postgres = LocalPostgres.start()) {
            databases.open(postgres);
            for (String user : List.of("process", "monitor", "price-list")) {
                try (Connection session = postgres.connect(LocalPostgres.DATABASE, user, user)) {
                    assertThat(session.isValid(5)).isTrue();
                }
            }
            try (Connection master = postgres.connectAsMaster(LocalPostgres.DATABASE);
                    var statement = master.createStatement();
                    var row = statement.executeQuery("select count(*) from pg_roles where rolname = 'plain'")) {
                row.next();
                assertThat(row.getInt(1)).isZero();
            }
        }
    }

    private static ZipFunction function(String name, boolean database) {
        var definition = new FunctionDefinition(name, "Handler", "", 512, 10, database);
        return new ZipFunction(definition, Path.of(name + ".zip"), List.of(), Map.of("COLOUR", "blue"));
    }
}
