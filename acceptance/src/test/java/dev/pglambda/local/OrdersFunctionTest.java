package dev.pglambda.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.example.orders.OrderServices;
import com.example.orders.OrderTables;
import dev.pglambda.function.FunctionFolder;
import dev.pglambda.local.lambda.code.ZipFunction;
import dev.pglambda.local.postgres.LocalPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.util.PSQLException;

/** The zip of a function that is not ours, with an HTTP client, S3, repositories and a secret, under AWS's runtime client. */
class OrdersFunctionTest {

    private static final String SECRET = "{\"key\": \"" + OrderServices.KEY + "\"}";

    @TempDir
    static Path directory;

    private static OrderServices services;
    private static LocalPlatform platform;

    @BeforeAll
    static void start() throws Exception {
        services = OrderServices.start();
        Path handlers = Files.createDirectory(directory.resolve("handlers"));
        Files.createSymbolicLink(handlers.resolve("orders"), Path.of("orders").toAbsolutePath());
        Files.createSymbolicLink(
                handlers.resolve("setup"), Path.of("../handlers/setup").toAbsolutePath());
        platform = LocalPlatform.start(settings(handlers));
        platform.functions().stream()
                .filter(function -> function.name().equals("orders"))
                .map(OrdersFunctionTest::configured)
                .forEach(platform.lambda()::deploy);
        createSecret("/config/orders/rates");
        for (String statement : OrderTables.statements("orders")) {
            execute(statement);
        }
    }

    private static PlatformSettings settings(Path handlers) throws IOException {
        PlatformSettings checkout = PlatformSettings.quiet(Path.of("../handlers"));
        return PlatformSettings.quiet(FunctionFolder.in(handlers), checkout.databaseLayer(), checkout.initScripts());
    }

    private static ZipFunction configured(ZipFunction function) {
        Map<String, String> environment = new TreeMap<>(function.environment());
        environment.put("RATES_URL", services.uri().toString());
        environment.put("AWS_ENDPOINT_URL_S3", services.uri().toString());
        environment.put("AWS_S3_PATH_STYLE_ACCESS_ENABLED", "true");
        return new ZipFunction(function.description(), function.zip(), function.layers(), environment);
    }

    private static void createSecret(String name) throws Exception {
        List<String> aws = List.of("aws", "--no-sign-request", "--region", "us-east-1", "--endpoint-url");
        List<String> create = List.of("secretsmanager", "create-secret", "--name", name, "--secret-string", SECRET);
        List<String> words = new ArrayList<>(aws);
        words.add(platform.endpoint().toString());
        words.addAll(create);
        Command command = Command.run(directory, words.toArray(String[]::new));
        assertThat(command.exitCode()).as(command.err()).isZero();
    }

    @AfterAll
    static void stop() throws IOException {
        platform.close();
        services.close();
        for (String link : List.of("orders", "setup")) {
            Files.delete(directory.resolve("handlers").resolve(link));
        }
    }

    @Test
    void orders_are_taken_archived_and_shown_by_page() throws SQLException {
        order("Ada", 1, "pen", "ink");
        order("Ada", 1, "pen");
        String last = order("Ada", 1, "cap");
        assertThat(last)
                .contains("\"orders\": 3", "\"rate\": 1.25", "\"articles\": [\"cap\", \"ink\", \"pen\", \"pen\"]");
        String number = last.replaceFirst("(?s).*\"number\": \"([^\"]+)\".*", "$1");
        assertThat(last).as("the second page has the third order").contains("\"page\": [\"" + number + "\"]");
        assertThat(services.objects().get("/orders/" + number)).contains("cap\nink\npen\npen");
    }

    /** Each of the five lines takes the server a second. */
    @Test
    void an_order_ends_by_its_deadline_with_nothing_stored_and_the_same_process_takes_the_next() throws SQLException {
        execute("create function sleep() returns trigger language plpgsql as"
                + " $$ begin perform pg_sleep(1); return new; end $$;"
                + " create trigger sleep before insert on purchase_line for each row when (new.article = 'slow')"
                + " execute function sleep()");
        order("Bob", 0, "pen");
        Set<Long> processes = processes();
        assertThat(processes).isNotEmpty();
        long begin = System.nanoTime();
        execute("select pglambda.register('orders', 'orders:live', timeout_ms => 3000)");
        assertThatThrownBy(() -> order("Bob", 0, "slow", "slow", "slow", "slow", "slow"))
                .isInstanceOfSatisfying(PSQLException.class, e -> {
                    assertThat(e.getSQLState()).as(e.getMessage()).isEqualTo("38000");
                    assertThat(e.getServerErrorMessage().getDetail()).contains("DataAccessException");
                });
        assertThat(Duration.ofNanos(System.nanoTime() - begin))
                .isBetween(Duration.ofMillis(2_500), Duration.ofSeconds(5));
        execute("select pglambda.register('orders', 'orders:live', timeout_ms => 60000)");
        assertThat(order("Bob", 0, "ink")).contains("\"orders\": 2", "\"articles\": [\"ink\", \"pen\"]");
        assertThat(processes()).isEqualTo(processes);
    }

    /** Of the function, each with the environment of one. */
    private static Set<Long> processes() {
        return ProcessHandle.current()
                .children()
                .filter(child -> child.info().commandLine().orElse("").contains("/orders-"))
                .map(ProcessHandle::pid)
                .collect(Collectors.toSet());
    }

    /** The result of a call for which the caller waits a minute, and the function as long as the registry says. */
    private static String order(String customer, int page, String... articles) throws SQLException {
        try (Connection master = platform.postgres().connectAsMaster(LocalPostgres.DATABASE);
                Statement statement = master.createStatement()) {
            statement.execute("set aws_lambda.request_timeout_ms = 60000");
            try (ResultSet row = statement.executeQuery(
                    "select pglambda.invoke('orders', '" + item(customer, page, articles) + "')")) {
                row.next();
                return row.getString(1);
            }
        }
    }

    private static String item(String customer, int page, String... articles) {
        String lines = Stream.of(articles)
                .map(article -> "{\"article\": \"" + article + "\", \"quantity\": 1}")
                .collect(Collectors.joining(", "));
        return "{\"customer\": \"" + customer + "\", \"currency\": \"EUR\", \"page\": " + page + ", \"lines\": ["
                + lines + "]}";
    }

    private static void execute(String sql) throws SQLException {
        try (Connection master = platform.postgres().connectAsMaster(LocalPostgres.DATABASE);
                Statement statement = master.createStatement()) {
            statement.execute(sql);
        }
    }
}
