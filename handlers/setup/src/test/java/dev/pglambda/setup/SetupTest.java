package dev.pglambda.setup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pglambda.bundle.SqlBundle;
import dev.pglambda.function.FunctionDescription;
import dev.pglambda.lambda.LambdaFunction;
import dev.pglambda.local.lambda.LambdaSettings;
import dev.pglambda.local.lambda.LocalLambda;
import dev.pglambda.local.lambda.api.InvokeReply;
import dev.pglambda.local.lambda.api.InvokeRequest;
import dev.pglambda.local.postgres.LocalPostgres;
import dev.pglambda.local.postgres.PostgresSettings;
import io.micronaut.context.ApplicationContext;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The effects of CloudFormation's events on a database, with their JSON and the JSON of the replies. */
class SetupTest {

    private static final String CREATE = """
            {"RequestType": "Create", "ServiceToken": "arn:aws:lambda:…", "ResponseURL": "https://…", "StackId": "s",
             "RequestId": "r", "ResourceType": "Custom::Bundle", "LogicalResourceId": "Bundle",
             "ResourceProperties": {"ServiceToken": "arn:aws:lambda:…", %s}}""";
    private static final String ONE = "\"Functions\": [{\"name\": \"process\", \"arn\": \"process\"}]";
    private static final String WAITING_FOR_LOCK =
            "select pid::text from pg_locks where locktype = 'advisory' and not granted";

    private static final int TIMEOUT_SECONDS = 5;
    private static final AtomicInteger DATABASES = new AtomicInteger();

    private static LocalPostgres postgres;
    private static LocalLambda lambda;

    private String database;
    private ApplicationContext context;

    @BeforeAll
    static void start() throws IOException {
        postgres = LocalPostgres.start(PostgresSettings.known(0));
        lambda = LocalLambda.start(LambdaSettings.defaults());
    }

    @AfterAll
    static void stop() {
        lambda.close();
        postgres.close();
    }

    @BeforeEach
    void deploy() throws SQLException {
        database = "setup_" + DATABASES.incrementAndGet();
        postgres.createDatabase(database, "template0");
        context = ApplicationContext.run(Map.of(
                "db.host",
                "127.0.0.1",
                "db.port",
                postgres.port(),
                "db.name",
                database,
                "db.user",
                LocalPostgres.MASTER,
                "db.password",
                LocalPostgres.MASTER));
        LambdaFunction function = new LambdaFunction(context, SetupHandler.class);
        FunctionDescription description =
                FunctionDescription.of("setup", LambdaFunction.class.getName()).withLimits(512, TIMEOUT_SECONDS);
        lambda.deploy(description, (event, lambdaContext) -> {
            var reply = new ByteArrayOutputStream();
            function.handleRequest(new ByteArrayInputStream(event), reply, lambdaContext);
            return reply.toByteArray();
        });
    }

    @AfterEach
    void drop() throws SQLException {
        context.close();
        postgres.dropDatabase(database);
    }

    @Test
    void create_installs_the_bundle_registers_the_functions_and_grants_the_roles() throws SQLException {
        String reply = reply(CREATE.formatted("""
                "Functions": [
                   {"name": "process", "arn": "arn:aws:lambda:us-east-1:123456789012:function:p", "qualifier": "live",
                    "timeoutMs": "900", "maxBatchItems": 50, "maxConcurrency": "4", "maxAttempts": 3},
                   {"name": "validate", "arn": "v", "region": "eu-west-1", "action": "check"}],
                "Members": {"pglambda_invoker": ["app"]}, "InstallSchema": "", "DropOnDelete": "false", "Trigger": "7\""""));

        assertThat(reply)
                .contains("\"PhysicalResourceId\":\"pglambda-" + database + "@127.0.0.1\"")
                .contains("\"Version\":\"" + SqlBundle.version() + "\"", "\"PreviousVersion\":\"\"")
                .contains("\"InstallSchema\":\"public\"", "\"Functions\":\"process,validate\"");
        assertThat(values("select f::text from pglambda.functions f order by name"))
                .containsExactly(
                        "(process,,arn:aws:lambda:us-east-1:123456789012:function:p,us-east-1,live,900,50,4,3,t)",
                        "(validate,check,v,eu-west-1,,,1000,,10,t)");
        assertThat(values("select has_function_privilege('app', 'process_data(jsonb)', 'execute')::text"))
                .containsExactly("true");
    }

    @Test
    void functions_get_their_wrappers_and_no_others() throws SQLException {
        String wrappers = "select proname::text from pg_proc where pronamespace = 'public'::regnamespace order by 1";
        reply(CREATE.formatted("\"Functions\": [{\"name\": \"price\", \"arn\": \"price\"}]"));
        assertThat(values(wrappers)).isEmpty();
        reply(CREATE.formatted(ONE));
        assertThat(values(wrappers)).containsExactly("process_data", "process_data_async", "process_data_batch");
    }

    @Test
    void typed_wrappers_come_change_and_go_with_their_function() throws SQLException {
        String wrappers = "select w.signature from pglambda.wrappers w order by 1";
        String forms = "select proname::text from pg_proc where pronamespace = 'public'::regnamespace order by 1";
        String price = "\"Functions\": [{\"name\": \"price\", \"arn\": \"price\", \"sql\": [%s]}]";
        String two = price.formatted("\"price(a int) returns int\", \"prices(a int[]) returns int\"");
        reply(CREATE.formatted(two));
        assertThat(values(forms)).containsExactly("price", "price_async", "price_batch", "prices", "prices_async");
        String one = price.formatted("\"price(a text) returns int\"");
        String update = "{\"RequestType\": \"Update\", \"ResourceProperties\": {%s}, \"OldResourceProperties\": {%s}}";
        reply(update.formatted(one, two));
        assertThat(values(wrappers)).containsExactly("price(a text) returns int");
        reply(update.formatted("", one));
        assertThat(values(wrappers)).isEmpty();
    }

    @Test
    void the_role_of_a_function_comes_with_the_function() throws SQLException {
        execute("drop role if exists pglambda_process");
        String member = "\"Members\": {\"pglambda_process\": [\"app\"]}";
        assertThat(error(CREATE.formatted(member)))
                .contains("role pglambda_process belongs to a function that is not registered");
        reply(CREATE.formatted(ONE + ", " + member));
        assertThat(values("select pg_has_role('app', 'pglambda_process', 'member')::text"))
                .containsExactly("true");
    }

    @Test
    void an_event_typed_by_hand_needs_only_the_functions() throws SQLException {
        assertThat(reply("{\"RequestType\": \"Create\", \"ResourceProperties\": {" + ONE + "}}"))
                .contains("\"Functions\":\"process\"");
        assertThat(reply("{\"RequestType\": \"Create\"}")).contains("\"Functions\":\"process\"");
    }

    @Test
    void update_changes_what_is_given_keeps_what_is_not_and_takes_out_what_is_given_no_more() throws SQLException {
        String created = reply(CREATE.formatted(
                "\"Functions\": [{\"name\": \"a\", \"arn\": \"a1\"}, {\"name\": \"b\", \"arn\": \"b1\"}]"));
        execute("select pglambda.register('mine', 'm')");
        execute("select pglambda.register('a', max_attempts => 3, timeout_ms => 700), pglambda.disable('a')");
        String updated = reply("""
                {"RequestType": "Update", "PhysicalResourceId": "pglambda-x@y",
                 "ResourceProperties": {"Functions": [{"name": "a", "arn": "a2"}]},
                 "OldResourceProperties": {"Functions": [{"name": "a", "arn": "a1"}, {"name": "b", "arn": "b1"}, 7]}}""");

        assertThat(physicalId(updated)).isEqualTo(physicalId(created));
        assertThat(updated).contains("\"PreviousVersion\":\"" + SqlBundle.version() + "\"");
        assertThat(values("select concat_ws(' ', name, arn, enabled, timeout_ms, max_attempts) from pglambda.functions"
                        + " order by 1"))
                .containsExactly("a a2 f 700 3", "mine m t 10");
    }

    @Test
    void function_that_is_used_stays_although_it_is_given_no_more() throws SQLException {
        reply(CREATE.formatted("\"Functions\": [{\"name\": \"a\", \"arn\": \"a1\"}]"));
        execute("select pglambda.enqueue('a', '1')");
        assertThat(error("""
                {"RequestType": "Update", "PhysicalResourceId": "pglambda-x@y", "ResourceProperties": {},
                 "OldResourceProperties": {"Functions": [{"name": "a", "arn": "a1"}]}}"""))
                .contains("function 'a' is in use and stays registered")
                .contains("1 durable calls");
        assertThat(values("select name from pglambda.functions")).containsExactly("a");
    }

    @Test
    void the_wrappers_go_to_the_schema_asked_for() throws SQLException {
        execute("create schema app");
        assertThat(reply(CREATE.formatted(ONE + ", \"InstallSchema\": \"app\"")))
                .contains("\"InstallSchema\":\"app\"");
        assertThat(values("select 'app.process_data(jsonb)'::regprocedure::text"))
                .hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"aws_commons", "plpgsql"}) // one that is not installed yet, one that is
    void requested_extensions_are_created_unless_they_exist(String extension) throws SQLException {
        for (int i = 0; i < 2; i++) {
            assertThat(reply(CREATE.formatted(ONE + ", \"Extensions\": [\"" + extension + "\"]")))
                    .contains("\"Functions\":\"process\"");
        }
        assertThat(values("select extname::text from pg_extension where extname = '" + extension + "'"))
                .containsExactly(extension);
    }

    @Test
    void an_extension_that_the_server_does_not_have_is_reported() {
        assertThat(error(CREATE.formatted(ONE + ", \"Extensions\": [\"no such thing\"]")))
                .contains("the database cannot be set up", "no such thing");
    }

    /** HikariCP drops a connection for some errors. The reason must reach CloudFormation nevertheless. */
    @Test
    void a_server_without_aws_lambda_is_reported() throws SQLException {
        try (Connection superuser = postgres.connectAsSuperuser(database);
                Statement statement = superuser.createStatement()) {
            statement.execute("""
                    set allow_system_table_mods = on;
                    do $$
                    begin
                        execute 'create or replace view pg_catalog.pg_available_extensions as '
                            || rtrim(pg_get_viewdef('pg_available_extensions'::regclass), ';')
                            || $sql$ where e.name <> 'aws_lambda'$sql$;
                    end
                    $$""");
        }
        assertThat(error(CREATE.formatted(ONE)))
                .contains("the database is as it was: sql/schema/begin.sql")
                .contains("this server has no extension aws_lambda");
    }

    @Test
    void delete_keeps_everything_even_where_there_is_no_database_any_more() throws SQLException {
        String id = physicalId(reply(CREATE.formatted(ONE)));
        String delete = """
                {"RequestType": "Delete", "PhysicalResourceId": "%s", "ResourceProperties": {"Functions": "wrong"%s}}""";
        assertThat(reply(delete.formatted(id, ""))).contains("\"PhysicalResourceId\":\"" + id + "\"", "nothing");
        assertThat(values("select name from pglambda.functions")).containsExactly("process");

        postgres.dropDatabase(database);
        assertThat(reply(delete.formatted(id, ", \"DropOnDelete\": \"false\""))).contains("nothing");
    }

    @ParameterizedTest
    @CsvSource({"true", "\"true\""})
    void delete_drops_everything_with_drop_on_delete(String flag) throws SQLException {
        String id = physicalId(reply(CREATE.formatted(ONE)));
        String delete = """
                {"RequestType": "Delete", "PhysicalResourceId": "%s", "ResourceProperties": {"DropOnDelete": %s}}""";
        assertThat(reply(delete.formatted("pglambda-other@127.0.0.1", flag))).contains("nothing");
        assertThat(values("select name from pglambda.functions")).containsExactly("process");

        for (int i = 0; i < 2; i++) { // CloudFormation may try again
            assertThat(physicalId(reply(delete.formatted(id, flag)))).isEqualTo(id);
            assertThat(values("select 1::text from pg_namespace where nspname ~ '^pglambda'"))
                    .isEmpty();
            assertThat(values("select rolname::text from pg_roles where rolname ~ '^pglambda_'"))
                    .isEmpty();
        }
    }

    @Test
    void failed_installation_says_where_and_leaves_nothing() throws SQLException {
        execute("create schema pglambda");
        assertThat(error(CREATE.formatted(ONE)))
                .contains("the database is as it was")
                .contains("sql/schema/schemas.sql, line 10: ERROR: this database has a schema pglambda already")
                .contains("in: do $$");
        assertThat(values("select extname::text from pg_extension where extname = 'aws_lambda'"))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"Functions\": [{\"name\": \"f\", \"arn\": \"two words\"}] | The arn is a function name",
                "\"Functions\": [{\"name\": \"f\", \"arn\": \"f\", \"timeoutMs\": 900001}] | timeout_ms is from 1 to 900000",
                "\"Functions\": [{\"name\": \"f\", \"arn\": \"f\", \"maxConcurrency\": 1001}]"
                        + " | max_concurrency is from 1 to 1000",
                "\"Functions\": [{\"name\": \"f\", \"arn\": \"f\", \"maxAttempts\": 101}]"
                        + " | max_attempts is from 1 to 100",
                "\"Members\": {\"pglambda_invoker\": [\"nobody\"]}"
                        + " | Members.pglambda_invoker: there is no role 'nobody' in this server",
                "\"InstallSchema\": \"nowhere\" | create schema nowhere;",
            })
    void a_refusal_of_the_database_is_reported_and_nothing_is_installed(String properties, String message)
            throws SQLException {
        assertThat(error(CREATE.formatted(properties))).contains(message);
        assertThat(values("select 1::text from pg_namespace where nspname ~ '^pglambda'"))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"Functions\": {} | Functions must be a list",
                "\"Functions\": [7] | Functions[0] must be an object",
                "\"Functions\": [{\"name\": \"f\"}] | Functions[0].arn is missing",
                "\"Functions\": [{\"name\": 7, \"arn\": \"f\"}] | Functions[0].name must be text",
                "\"Functions\": [{\"name\": \"f\", \"arn\": \"f\", \"timeoutMs\": \"soon\"}]"
                        + " | Functions[0].timeoutMs must be a whole number, not 'soon'",
                "\"Functions\": [{\"name\": \"f\", \"arn\": \"f\", \"timeout\": 7}]"
                        + " | Functions[0].timeout is unknown: there are name, arn, region, qualifier, timeoutMs, maxBatchItems, maxConcurrency, maxAttempts",
                "\"Function\": [] | Function is unknown: there are Functions, InstallSchema, Extensions, Members, Logins, DropOnDelete",
                "\"Members\": {\"pglambda_owner\": [\"app\"]} | Members.pglambda_owner is unknown: there are pglambda_invoker",
                "\"Members\": {\"pglambda_invoker\": \"app\"} | Members.pglambda_invoker must be a list",
                "\"Logins\": [{\"roles\": []}] | Logins[0].secretArn is missing",
                "\"Logins\": [{\"secretArn\": \"s\", \"roles\": [\"rds_superuser\"]}]"
                        + " | Logins[0].roles: 'rds_superuser' is not one of pglambda_invoker, pglambda_operator, pglambda_deliverer, pglambda_process",
                "\"Logins\": [{\"secretArn\": \"s\", \"password\": \"p\"}]"
                        + " | Logins[0].password is unknown: there are secretArn, user, roles",
                "\"Logins\": [{\"secretArn\": \"s\", \"user\": \"u\"}]"
                        + " | Logins[0].user is for a user without a password: name either it or secretArn",
                "\"DropOnDelete\": \"yes\", \"InstallSchema\": [] | InstallSchema must be text;"
                        + " DropOnDelete must be true or false, not 'yes'",
            })
    void wrong_properties_are_all_reported_at_once_and_nothing_is_done(String properties, String message) {
        assertThat(error(CREATE.formatted(properties)))
                .startsWith("nothing was done")
                .contains(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | RequestType is null. The right form: {'RequestType': 'Create'",
                "{\"RequestType\": \"create\"} | RequestType is create. The right form: {'RequestType': 'Create'",
                "{\"RequestType\": 5} | RequestType: must be text, not number 5. It takes {'RequestType'",
                "[] | must be an object, not array []. It takes {'RequestType'",
                "null | must not be null. It takes {'RequestType'",
            },
            quoteCharacter = '`')
    void an_invalid_event_is_answered_with_the_right_form(String event, String reason) {
        assertThat(error(event).replace("\\\"", "'")).contains(reason);
    }

    @Test
    void waiting_for_another_installer_ends_before_the_call_does() throws SQLException {
        try (Connection other = postgres.connectAsMaster(database);
                Statement statement = other.createStatement()) {
            statement.execute("select pg_advisory_lock(8099561620551918689)");
            assertThat(error(CREATE.formatted(ONE)))
                    .contains("sql/schema/begin.sql")
                    .contains("canceling statement due to statement timeout");
        }
    }

    @Test
    void a_connection_lost_during_the_installation_is_reported() throws SQLException {
        try (Connection other = postgres.connectAsMaster(database);
                Statement statement = other.createStatement()) {
            statement.execute("select pg_advisory_lock(8099561620551918689)");
            CompletableFuture<String> failing = CompletableFuture.supplyAsync(() -> error(CREATE.formatted(ONE)));
            await().until(() -> values(WAITING_FOR_LOCK).size() == 1);
            execute("select pg_terminate_backend(" + values(WAITING_FOR_LOCK).get(0) + ")");
            assertThat(failing.join()).contains("terminating connection due to administrator command");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "jdbc:postgresql://my_db:5432/demo, my_db",
        "jdbc:postgresql://db.example.com/demo, db.example.com",
        "jdbc:postgresql://[::1]:5432/demo?ssl=true, [::1]"
    })
    void the_host_names_the_database_whatever_it_looks_like(String url, String host) {
        assertThat(AdministeredDatabase.host(url)).isEqualTo(host);
    }

    private static String reply(String event) {
        InvokeReply reply = invoke(event);
        String payload = text(reply);
        assertThat(reply.functionError()).as(payload).isEmpty();
        return payload;
    }

    /** The function's error as Lambda's JSON, which CloudFormation shows. */
    private static String error(String event) {
        InvokeReply reply = invoke(event);
        assertThat(reply.functionError()).as(text(reply)).contains("Unhandled");
        String json = text(reply);
        return json.substring("{\"errorMessage\":\"".length());
    }

    private static InvokeReply invoke(String event) {
        return lambda.invoke(InvokeRequest.of("setup", event.getBytes(StandardCharsets.UTF_8)))
                .join();
    }

    private static String text(InvokeReply reply) {
        return new String(reply.payload().orElseThrow(), StandardCharsets.UTF_8);
    }

    private static String physicalId(String reply) {
        return reply.replaceAll(".*\"PhysicalResourceId\":\"([^\"]*)\".*", "$1");
    }

    private void execute(String sql) throws SQLException {
        try (Connection master = postgres.connectAsMaster(database);
                Statement statement = master.createStatement()) {
            statement.execute(sql);
        }
    }

    private List<String> values(String sql) throws SQLException {
        try (Connection master = postgres.connectAsMaster(database);
                Statement statement = master.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<String> values = new ArrayList<>();
            while (rows.next()) {
                values.add(rows.getString(1));
            }
            return values;
        }
    }
}
