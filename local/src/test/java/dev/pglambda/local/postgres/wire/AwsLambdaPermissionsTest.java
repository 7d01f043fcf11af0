package dev.pglambda.local.postgres.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.util.ServerErrorMessage;

/** Which roles may create, call and grant, and that none reaches the private part or the connection. */
@Timeout(60)
final class AwsLambdaPermissionsTest {

    @RegisterExtension
    static final ClonedDatabase DATABASE = TestPlatform.database();

    private static final String INVOKE = "select aws_lambda.invoke('f', '{}'::json)";

    @Test
    void an_application_cannot_call_until_both_rights_are_granted_by_master() throws SQLException {
        try (Session app = DATABASE.app();
                Session master = DATABASE.master()) {
            assertDenied(app, INVOKE, "permission denied for schema aws_lambda");
            master.execute("grant usage on schema aws_lambda to app");
            assertDenied(app, INVOKE, "permission denied for function invoke");
            master.execute("grant execute on all functions in schema aws_lambda to app");
            app.rows(INVOKE);
            master.execute("revoke execute on all functions in schema aws_lambda from app");
            master.execute("revoke usage on schema aws_lambda from app");
            assertDenied(app, INVOKE, "permission denied for schema aws_lambda");
        }
    }

    @Test
    void an_application_cannot_name_a_function_through_aws_commons_either() throws SQLException {
        try (Session app = DATABASE.app()) {
            assertDenied(
                    app,
                    "select aws_commons.create_lambda_function_arn('f')",
                    "permission denied for schema aws_commons");
        }
    }

    @Test
    void an_application_cannot_create_the_extension() throws SQLException {
        try (Session master = DATABASE.master();
                Session app = DATABASE.app()) {
            master.execute("drop extension aws_lambda");
            assertDenied(app, "create extension aws_lambda", "permission denied to create extension \"aws_lambda\"");
            master.execute("create extension aws_lambda");
            master.rows(INVOKE);
        }
    }

    @Test
    void dropping_the_extensions_leaves_nothing() throws SQLException {
        try (ClonedDatabase other = TestPlatform.database();
                Session master = other.master()) {
            master.execute("drop extension aws_lambda, aws_commons");
            assertThat(master.rows("select nspname from pg_namespace where nspname like 'aws%'"))
                    .isEmpty();
            master.execute("create extension aws_lambda cascade");
            master.rows(INVOKE);
        }
    }

    @Test
    void a_wrapper_gives_the_right() throws SQLException {
        try (Session master = DATABASE.master();
                Session app = DATABASE.app()) {
            master.execute("""
                    create function public.wrapper() returns json language sql security definer
                    set search_path = pg_catalog, pg_temp
                    as $$ select payload from aws_lambda.invoke('f', '{"w": 1}'::json) $$
                    """);
            assertThat(app.value("select public.wrapper()")).isEqualTo("{\"w\": 1}");
        }
    }

    @Test
    void the_private_part_is_executable_by_the_extension_only() throws SQLException {
        try (Session master = DATABASE.master()) {
            assertThat(master.rows("""
                            select p.oid::regprocedure from pg_proc p, pg_roles r
                            where p.pronamespace = 'aws_lambda_local'::regnamespace and not r.rolsuper
                            and has_function_privilege(r.oid, p.oid, 'execute')
                            """)).isEmpty();
            assertDenied(
                    master,
                    "select aws_lambda_local.connect('x', 'port=1')",
                    "permission denied for schema aws_lambda_local");
            assertDenied(
                    master,
                    "select aws_lambda_local.send('{}'::jsonb, '{}')",
                    "permission denied for schema aws_lambda_local");
        }
    }

    @Test
    void every_function_pins_its_search_path_or_is_plain_c() throws SQLException {
        try (Session master = DATABASE.master()) {
            assertThat(master.rows("""
                            select p.oid::regprocedure from pg_proc p join pg_language l on l.oid = p.prolang
                            where p.pronamespace::regnamespace::text like 'aws%' and l.lanname <> 'c'
                            and proconfig is distinct from '{"search_path=pg_catalog, pg_temp"}'
                            """)).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"public", "pg_temp"})
    void shadowing_objects_and_a_hostile_search_path_change_nothing(String schema) throws SQLException {
        try (ClonedDatabase hostile = TestPlatform.database();
                Session master = hostile.master()) {
            for (String shadow : new String[] {
                "jsonb_build_object(variadic text[]) returns jsonb",
                "current_database() returns name",
                "current_setting(text, boolean) returns text",
                "getdatabaseencoding() returns name",
                "connections() returns text[]",
                "link() returns text",
                "send(jsonb, text) returns record",
                "pg_read_file(text, bigint, bigint, boolean) returns text"
            }) {
                master.execute("create or replace function " + schema + "." + shadow
                        + " language plpgsql as $$ begin raise exception 'shadowed'; end $$");
            }
            master.execute("create or replace function " + schema + ".evil(jsonb, jsonb) returns jsonb "
                    + "language plpgsql as $$ begin raise exception 'shadowed'; end $$");
            master.execute("create operator " + schema + ".|| (leftarg = jsonb, rightarg = jsonb, function = " + schema
                    + ".evil)");
            master.execute("set search_path = " + schema + ", pg_catalog");
            assertThat(master.value("select payload from aws_lambda.invoke('f', '{\"a\": 1}'::json)"))
                    .isEqualTo("{\"a\": 1}");
        }
    }

    @Test
    void a_sessions_own_dblink_neither_sees_nor_shadows_the_link() throws SQLException {
        try (Session superuser = DATABASE.superuser()) {
            superuser.execute("create extension dblink");
            superuser.rows(INVOKE);
            assertThat(superuser.value("select dblink_get_connections()")).isEmpty();
            superuser.rows("select dblink_connect('endpoint', ?)", TestPlatform.POSTGRES.appUri("postgres"));
            superuser.rows(INVOKE);
            assertThat(DATABASE.lambda().requests()).hasSize(2);
            superuser.execute("drop extension dblink");
        }
    }

    private static void assertDenied(Session session, String sql, String message) {
        ServerErrorMessage error = session.error(sql);
        assertThat(error.getSQLState()).isEqualTo("42501");
        assertThat(error.getMessage()).isEqualTo(message);
    }
}
