package dev.pglambda.bundle.rights;

import static dev.pglambda.bundle.kit.Sql.errorOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pglambda.bundle.kit.BundleServer;
import dev.pglambda.bundle.kit.Sql;
import dev.pglambda.bundle.kit.SqlError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What applications, and roles without grants, may do. */
class ApplicationPermissionTest extends PermissionFixture {

    @ParameterizedTest
    @MethodSource("wrappers")
    void application_may_call_the_wrappers(String call) {
        assertThat(allowed("app", "select " + call)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select aws_lambda.invoke('process', '{}'::json)",
                "select aws_lambda.invoke('process', '{}'::jsonb)",
                "select aws_commons.create_lambda_function_arn('process')",
                "select * from pglambda.functions",
                "insert into pglambda.functions values ('x', 'x', null, null, null, 1, true)",
                "update pglambda.functions set arn = 'other'",
                "delete from pglambda.functions",
                "select pglambda.register('x', 'x')",
                "select pglambda.unregister('process')",
                "select pglambda.invoke('process', '1')",
                "select pglambda.invoke_batch('process', '{}')",
                "select pglambda.version()",
                "select pglambda.enqueue('process', '1')",
                "call pglambda.deliver()",
                "select pglambda.retry(1)",
                "select pglambda.purge('1 day')",
                "select * from pglambda.outbox",
                "select * from pglambda.outbox_status",
                "insert into pglambda.outbox (function, item, due_at) values ('process', '1', now())",
                "select pglambda_private.claim(1)",
                "select pglambda_private.record_outcomes('{1}', now(), null)",
                "create temporary table t (a integer);"
                        + " create trigger t after insert on t for each row execute function pglambda.enqueue_row('process')",
                "select own('a')",
                "select closed('a')",
                "select * from pglambda.wrappers",
                "select pglambda.define('f(a int) returns int', 'process')",
                "select pglambda.undefine('shout')",
                "drop function shout(text)",
                "select * from pglambda.check()",
                "select * from pglambda_private.installation",
                "set role pglambda_owner",
                "set role pglambda_operator",
                "create function pglambda.mine() returns integer language sql as 'select 1'",
                "create or replace function process_data(data jsonb) returns jsonb" + " language sql as 'select data'",
            })
    void application_may_do_nothing_else(String sql) {
        assertThat(allowed("app", sql)).isFalse();
    }

    @ParameterizedTest
    @MethodSource("wrappers")
    @ValueSource(
            strings = {
                "pglambda.enqueue('process', '1')",
                "pglambda.invoke('process', '1')",
                "pglambda.invoke_batch('process', '{}')",
                "pglambda.define('f(a int) returns int', 'process')",
                "pglambda.undefine('shout')",
                "own('a')",
                "closed('a')"
            })
    void role_without_grants_may_call_nothing(String call) {
        assertThat(allowed("stranger", "select " + call)).isFalse();
    }

    @Test
    void lost_right_on_aws_lambda_is_39000_with_a_hint() {
        BundleServer broken = BundleServer.cloned();
        try (Sql master = broken.as("master");
                Sql app = broken.as("app")) {
            master.execute("revoke usage on schema aws_lambda from pglambda_owner");
            assertNotCallable(app);
            master.execute("drop extension aws_lambda");
            assertNotCallable(app);
        } finally {
            broken.drop();
        }
    }

    private static void assertNotCallable(Sql app) {
        SqlError error = errorOf(() -> app.value("select process_data('1')"));
        assertThat(error.sqlState()).isEqualTo("39000");
        assertThat(error.message()).isEqualTo("function 'process' may not be called by this database");
        assertThat(error.hint().orElseThrow()).contains("select * from pglambda.check();");
    }
}
