package dev.pglambda.bundle.install;

import static dev.pglambda.bundle.kit.BundleServer.LAMBDA;
import static dev.pglambda.bundle.kit.Sql.errorOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pglambda.bundle.kit.BundleServer;
import dev.pglambda.bundle.kit.DurableFunction;
import dev.pglambda.bundle.kit.Sql;
import dev.pglambda.local.postgres.LocalPostgres;
import dev.pglambda.local.postgres.wire.AwsLambdaEndpoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * A dump that pg_dump and pg_restore take to another server, as the administrator, by the commands of docs/rds.md. Where
 * this machine's pg_dump is older than the server, it refuses: then there is nothing to test. The gate has the version of
 * the oldest server.
 */
class RestoreTest {

    private static final Path PAGE = Path.of("..", "docs", "rds.md");
    private static final Pattern COMMANDS = Pattern.compile("(?ms)^## Restore a dump$.*?^```sh\\n(.*?)^```$");

    @TempDir
    private Path folder;

    @TestFactory
    Stream<DynamicTest> restored_database_calls_and_keeps_durable_calls_until_functions_are_enabled() {
        return Stream.of(DynamicTest.dynamicTest("by the commands of docs/rds.md", this::restore))
                .filter(test -> toolsAreNewEnough());
    }

    private static boolean toolsAreNewEnough() {
        try {
            Process tool = new ProcessBuilder("pg_dump", "--version").start();
            String version = new String(tool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            Matcher major = Pattern.compile(" (\\d+)").matcher(version);
            return major.find() && Integer.parseInt(major.group(1)) >= Integer.getInteger("pglambda.postgres");
        } catch (IOException e) {
            throw new UncheckedIOException("pg_dump is needed on the PATH, as psql is", e);
        }
    }

    private void restore() throws Exception {
        BundleServer old = BundleServer.cloned();
        try (Sql master = old.as("master");
                LocalPostgres server = LocalPostgres.start()) {
            master.execute("""
                    create schema shop;
                    grant usage, create on schema shop to pglambda_owner;
                    grant usage on schema shop to app;
                    create table shop.orders (id integer);
                    insert into shop.orders values (1);
                    select pglambda.define('shop.price(value text) returns integer', 'process', grantee => 'app');
                    create trigger send after insert on shop.orders for each row
                        execute function pglambda.enqueue_row('transform');
                    select pglambda.register('process', timeout_ms => 700);
                    select pglambda.enqueue('process', '7');
                    """);
            server.createDatabase("restored", "template0");
            AwsLambdaEndpoint.open(server, database -> LAMBDA);
            try (Sql superuser = new Sql(server.connectAsSuperuser("restored"))) {
                superuser.execute("create role operator; create role processor"); // as the page says: one's own first
            }
            run(old, server);
            check(new Sql(server.connectAsMaster("restored")), new Sql(server.connectAsApp("restored")));
        } finally {
            old.drop();
        }
    }

    private static void check(Sql master, Sql app) {
        DurableFunction function = DurableFunction.on(LAMBDA);
        master.execute("grant pglambda_invoker to app");
        assertThat(errorOf(() -> app.value("select process_data('1')")).sqlState())
                .isEqualTo("39000");
        master.execute("call pglambda.deliver()");
        assertThat(function.calls()).as("the old server delivers these").isEmpty();
        assertThat(master.values("select item from pglambda.check() where not ok"))
                .containsOnly("aws_lambda.request_timeout_ms", "functions of durable calls");

        master.execute("select pglambda.enable(name) from pglambda.functions");
        master.execute("insert into shop.orders values (2)");
        master.execute("call pglambda.deliver()");
        assertThat(function.calls()).hasSize(2);
        LAMBDA.replies("{\"result\": 8}");
        assertThat(app.value("select process_data('1')")).isEqualTo("8");
        assertThat(app.value("select shop.price('x')::text")).isEqualTo("8");
        assertThat(master.value("select timeout_ms::text from pglambda.functions where name = 'process'"))
                .isEqualTo("700");
        assertThat(errorOf(() -> app.value("select pglambda.invoke('process', '1')"))
                        .sqlState())
                .as("closed as before")
                .isEqualTo("42501");
    }

    /** The commands of the page, with OLD and NEW for the two servers. */
    private void run(BundleServer old, LocalPostgres server) throws IOException, InterruptedException {
        Matcher page = COMMANDS.matcher(Files.readString(PAGE));
        assertThat(page.find()).isTrue();
        Path script = folder.resolve("restore.sh");
        Files.writeString(script, page.group(1));
        ProcessBuilder shell = new ProcessBuilder(List.of("bash", "-euxo", "pipefail", script.toString()))
                .directory(Path.of("..").toFile())
                .redirectErrorStream(true);
        shell.environment().put("OLD", connection(old.port(), old.database()));
        shell.environment().put("NEW", server.masterUri("restored"));
        shell.environment().put("DUMP", folder.resolve("demodb.dump").toString());
        Process process = shell.start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
    }

    private static String connection(int port, String database) {
        return "host=127.0.0.1 port=%d user=master password=master dbname=%s".formatted(port, database);
    }
}
