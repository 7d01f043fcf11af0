package dev.pglambda.setup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pglambda.database.credentials.Login;
import dev.pglambda.database.credentials.Logins;
import dev.pglambda.handler.Deadline;
import dev.pglambda.local.lambda.LambdaSettings;
import dev.pglambda.local.lambda.LocalLambda;
import dev.pglambda.local.lambda.api.FunctionArn;
import dev.pglambda.local.lambda.api.LambdaEndpoint;
import dev.pglambda.local.postgres.LocalPostgres;
import dev.pglambda.local.postgres.PostgresSettings;
import dev.pglambda.local.secrets.LocalSecrets;
import io.micronaut.context.ApplicationContext;
import io.micronaut.json.tree.JsonNode;
import io.micronaut.serde.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Users that setup makes from secrets, on a local PostgreSQL and a local Secrets Manager. */
class LoginsTest {

    private static final String DATABASE = "logins";
    private static final Deadline SOON = Deadline.of(Duration.ofMinutes(1));

    private static LocalPostgres postgres;
    private static LocalLambda lambda;
    private static LambdaEndpoint endpoint;
    private static LocalSecrets secrets;
    private ApplicationContext context;

    @BeforeAll
    static void start() throws IOException {
        postgres = LocalPostgres.start(PostgresSettings.known(0));
        lambda = LocalLambda.start(LambdaSettings.defaults());
        endpoint = LambdaEndpoint.start(lambda, 0);
        secrets = new LocalSecrets(lambda, line -> {});
        endpoint.mount(LocalSecrets.SERVICE, secrets.handler());
    }

    @AfterAll
    static void stop() {
        endpoint.close();
        lambda.close();
        postgres.close();
    }

    @BeforeEach
    void connect() throws SQLException {
        postgres.createDatabase(DATABASE, "template0");
        context = ApplicationContext.run(Map.of(
                "db.host",
                "127.0.0.1",
                "db.port",
                postgres.port(),
                "db.name",
                DATABASE,
                "db.user",
                LocalPostgres.MASTER,
                "db.password",
                LocalPostgres.MASTER,
                "aws.region",
                FunctionArn.REGION,
                "aws.access-key-id",
                "local",
                "aws.secret-access-key",
                "local",
                "aws.services.secretsmanager.endpoint-override",
                endpoint.uri().toString()));
    }

    @AfterEach
    void drop() throws SQLException {
        context.close();
        postgres.dropDatabase(DATABASE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"stored", "Order Worker", "o'brien\"s"})
    void user_of_a_secret_is_made_and_logs_in_with_the_roles_it_was_given(String user) throws Exception {
        String arn = secrets.put("new-" + user.hashCode(), secret(user, "first"));
        create(login(arn, "\"pglambda_process\", \"pglambda_invoker\""));

        assertThat(
                        value(
                                user,
                                "first",
                                "select pg_has_role('pglambda_process', 'usage') and"
                                        + " pg_has_role('pglambda_invoker', 'usage') and not pg_has_role('pglambda_operator', 'member')"))
                .isEqualTo("t");
    }

    @ParameterizedTest
    @CsvSource({"'second'", "'it''s \"quoted\" \\ and €'"})
    void the_next_run_sets_the_current_password_and_the_same_one_changes_nothing(String next) throws Exception {
        String arn = secrets.put("changing", secret("changing", "first"));
        create(login(arn, "\"pglambda_process\""));
        create(login(arn, "\"pglambda_process\""));
        assertThat(value("changing", "first", "select 1")).isEqualTo("1");

        secrets.put("changing", secret("changing", next));
        create(login(arn, "\"pglambda_process\""));

        assertThat(value(
                        "changing",
                        next,
                        "select count(*) from pg_auth_members m where m.member ="
                                + " 'changing'::regrole and m.roleid = 'pglambda_process'::regrole"))
                .isEqualTo("1");
        assertThatThrownBy(() -> value("changing", "first", "select 1"))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("28P01"));
    }

    @Test
    void an_existing_user_keeps_its_other_rights() throws Exception {
        try (Connection master = postgres.connectAsMaster(DATABASE);
                Statement statement = master.createStatement()) {
            statement.execute("create role older nologin createdb password 'old'");
            statement.execute("comment on role older is 'pglambda: of an earlier installation'");
        }
        create(login(secrets.put("older", secret("older", "new")), ""));

        assertThat(value("older", "new", "select rolcreatedb from pg_roles where rolname = 'older'"))
                .isEqualTo("t");
    }

    @Test
    void a_login_that_setup_has_not_made_is_left_as_it_is() throws Exception {
        try (Connection master = postgres.connectAsMaster(DATABASE);
                Statement statement = master.createStatement()) {
            statement.execute("create role monitor login password 'theirs'");
            statement.execute("comment on role monitor is 'of the monitoring team'");
        }
        for (String wanted : new String[] {
            login(secrets.put("monitor", secret("monitor", "ours")), "\"pglambda_deliverer\""), iamLogins("monitor")
        }) {
            assertThatThrownBy(() -> create(wanted))
                    .isInstanceOf(SetupException.class)
                    .hasMessageContaining("user 'monitor' is there already and was not made by setup")
                    .hasMessageContaining("Deploy under another prefix");
            assertThat(value(
                            "monitor",
                            "theirs",
                            "select to_regnamespace('pglambda') is null and not exists"
                                    + " (select from pg_auth_members m where m.member = 'monitor'::regrole)"))
                    .isEqualTo("t");
        }
    }

    @Test
    void the_server_never_sees_the_password_in_clear() throws Exception {
        String password = "never-in-a-statement";
        String arn = secrets.put("discreet", secret("discreet", password));
        Login login = context.getBean(Logins.class).read(arn, SOON);
        try (Connection master = postgres.connectAsMaster(DATABASE);
                Connection superuser = postgres.connectAsSuperuser(DATABASE)) {
            for (int i = 0; i < 2; i++) { // made, and altered
                new Users(master).put(login);
                assertThat(value(
                                superuser,
                                "select query from pg_stat_activity where usename = 'master'"
                                        + " and datname = 'logins'"))
                        .startsWith("alter role")
                        .contains("SCRAM-SHA-256$")
                        .doesNotContain(password);
            }
            assertThat(value(superuser, "select rolpassword from pg_authid where rolname = 'discreet'"))
                    .isEqualTo(login.verifier());
        }
        assertThat(login.toString()).contains("discreet").doesNotContain(password, login.verifier());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"username\":\"master\",\"password\":\"hush-hush\"} | the administrator or a role of the bundle",
                "{\"username\":\"pglambda_owner\",\"password\":\"hush-hush\"} | the administrator or a role of the bundle",
                "{\"username\":\"postgres\",\"password\":\"hush-hush\"} | was not made by setup",
                "{\"username\":\"somebody\"} | lacks password",
                "{\"password\":\"hush-hush\"} | lacks username",
                "{\"username\":\"a\",\"password\":\"hush-hush\",\"engine\":\"mysql\"} | is for the engine 'mysql'",
                "hush-hush | is not a JSON object",
            })
    void an_unsuitable_secret_is_refused_without_quoting_it_and_nothing_is_installed(String secret, String message)
            throws Exception {
        String arn = secrets.put("wrong", secret);
        assertThatThrownBy(() -> create(login(arn, "")))
                .isInstanceOf(SetupException.class)
                .hasMessageContaining(message)
                .satisfies(e -> assertThat(e).hasStackTraceContaining("SetupException"))
                .satisfies(e -> assertThat(stackTrace(e)).doesNotContain("hush-hush", "SCRAM-SHA-256"));
        try (Connection master = postgres.connectAsMaster(DATABASE)) {
            assertThat(value(master, "select to_regnamespace('pglambda') is null"))
                    .isEqualTo("t");
        }
    }

    @Test
    void a_missing_secret_is_reported_with_its_name() {
        assertThatThrownBy(() -> create(login("nowhere", "")))
                .isInstanceOf(SetupException.class)
                .hasMessageContaining("the secret 'nowhere' cannot be read: ResourceNotFoundException");
    }

    private void create(String properties) throws IOException {
        JsonNode read = context.getBean(ObjectMapper.class).readValue(properties, JsonNode.class);
        context.getBean(Setup.class).perform(new SetupEvent("Create", "", read, JsonNode.nullNode()), SOON);
    }

    private static String login(String arn, String roles) {
        return """
                {"Functions": [{"name": "process", "arn": "process"}],
                 "Logins": [{"secretArn": "%s", "roles": [%s]}]}""".formatted(arn, roles);
    }

    private static String iamLogins(String user) {
        return """
                {"Functions": [{"name": "process", "arn": "process"}],
                 "Logins": [{"user": "%s", "roles": ["pglambda_process"]}]}""".formatted(user);
    }

    /** From 16 on, PostgreSQL makes the creator of a role its member: so the whole installation is rolled back. */
    @Test
    void an_installation_that_would_lock_out_its_administrator_is_rolled_back() throws Exception {
        try (Connection superuser = postgres.connectAsSuperuser(DATABASE);
                Statement statement = superuser.createStatement()) {
            statement.execute("create role rds_iam nologin");
            statement.execute("create role \"orders-process\" nologin");
            statement.execute("comment on role \"orders-process\" is 'pglambda: of an earlier installation'");
            statement.execute("grant \"orders-process\" to master with admin option");
            // As RDS lets its administrator grant rds_iam without being its member.
            statement.execute("alter role master superuser");
            try {
                assertThatThrownBy(() -> create(iamLogins("orders-process")))
                        .isInstanceOf(SetupException.class)
                        .hasMessageContaining("the database is as it was: the administrator logs in by a password");
                assertThat(value(
                                superuser,
                                "select to_regnamespace('pglambda') is null and not exists"
                                        + " (select from pg_auth_members m where m.roleid = 'rds_iam'::regrole)"))
                        .isEqualTo("t");
            } finally {
                statement.execute("alter role master nosuperuser");
                statement.execute("drop role \"orders-process\", rds_iam");
            }
        }
    }

    private String secret(String user, String password) throws IOException {
        return context.getBean(ObjectMapper.class)
                .writeValueAsString(Map.of("username", user, "password", password, "engine", "postgres"));
    }

    private static String value(String user, String password, String sql) throws SQLException {
        try (Connection connection = postgres.connect(DATABASE, user, password)) {
            return value(connection, sql);
        }
    }

    private static String value(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }

    private static String stackTrace(Throwable failure) {
        var text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text));
        return text.toString();
    }
}
