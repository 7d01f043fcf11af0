package dev.pglambda.setup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pglambda.local.postgres.LocalPostgres;
import dev.pglambda.local.postgres.PostgresSettings;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Users who log in by IAM, on a server with the role rds_iam. The administrator is a superuser here, because that is the
 * only way in PostgreSQL to grant a role without being its member, as RDS lets its administrator do.
 */
class IamLoginsTest {

    private static final String MEMBERS_OF_RDS_IAM = "select string_agg(m.member::regrole::text, ',' order by 1)"
            + " from pg_auth_members m where m.roleid = to_regrole('rds_iam')";

    private static LocalPostgres postgres;

    private Connection administrator;

    @BeforeAll
    static void start() throws IOException {
        postgres = LocalPostgres.start(PostgresSettings.known(0));
    }

    @AfterAll
    static void stop() {
        postgres.close();
    }

    @BeforeEach
    void connect() throws SQLException {
        administrator = postgres.connectAsSuperuser("postgres");
        administrator.setAutoCommit(false);
        execute("create role rds_iam nologin");
        execute("create role administrator login superuser");
        execute("set session authorization administrator");
    }

    @AfterEach
    void rollBack() throws SQLException {
        administrator.rollback();
        administrator.close();
    }

    @Test
    void a_user_without_a_password_gets_rds_iam() throws SQLException {
        admit(false, "orders-process");
        assertThat(value(MEMBERS_OF_RDS_IAM)).isEqualTo("\"orders-process\"");
        assertThat(value("select rolcanlogin and rolpassword is null from pg_authid where rolname = 'orders-process'"))
                .isEqualTo("t");
    }

    @Test
    void an_administrator_who_logs_in_by_tokens_gets_rds_iam_once_and_before_the_users() throws SQLException {
        admit(true, "orders-process");
        admit(true, "orders-process");
        assertThat(value(MEMBERS_OF_RDS_IAM)).isEqualTo("administrator,\"orders-process\"");
    }

    /** What PostgreSQL 16 does at once for whoever creates a role and is no superuser. */
    @Test
    void an_administrator_with_a_password_who_would_be_locked_out_by_its_users_is_told_before_the_commit()
            throws SQLException {
        new Users(administrator).putWithoutPassword("orders-process");
        execute("create role between nologin");
        execute("grant \"orders-process\" to between");
        execute("grant between to administrator");
        IamLogin iam = new IamLogin(administrator, false);
        iam.grantTo("orders-process");
        assertThatThrownBy(iam::requireWayBackIn)
                .isInstanceOf(SetupException.class)
                .hasMessageContaining("would be a member of rds_iam")
                .hasMessageContaining("the administrator too (DB_AUTH=iam), or all of them by secrets");
    }

    @Test
    void a_member_of_rds_iam_who_got_in_by_a_password_is_on_a_server_that_lets_it() throws SQLException {
        execute("grant rds_iam to administrator");
        admit(false, "orders-process");
        assertThat(value(MEMBERS_OF_RDS_IAM)).contains("orders-process");
    }

    @Test
    void a_user_goes_back_to_a_password() throws SQLException {
        admit(false, "orders-process");
        new IamLogin(administrator, false).revokeFrom("orders-process");
        assertThat(value(MEMBERS_OF_RDS_IAM)).isNull();
    }

    @Test
    void a_server_without_rds_iam_is_told() throws SQLException {
        execute("drop role rds_iam");
        assertThatThrownBy(() -> admit(false, "orders-process"))
                .isInstanceOf(SetupException.class)
                .hasMessageContaining("this server has no role rds_iam");
    }

    private void admit(boolean tokens, String user) throws SQLException {
        IamLogin iam = new IamLogin(administrator, tokens);
        new Users(administrator).putWithoutPassword(user);
        iam.grantTo(user);
        iam.requireWayBackIn();
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = administrator.createStatement()) {
            statement.execute(sql);
        }
    }

    private String value(String sql) throws SQLException {
        try (Statement statement = administrator.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }
}
