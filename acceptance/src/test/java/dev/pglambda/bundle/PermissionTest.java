package dev.pglambda.bundle;

import static dev.pglambda.bundle.Sql.errorOf;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PermissionTest {

    private static BundleServer database;

    @BeforeAll
    static void create() {
        database = BundleServer.cloned();
        try (Sql operator = database.as("operator")) {
            operator.execute("select pglambda.define('shout(word text) returns text', 'transform', batch => true)");
            operator.execute("select pglambda.define('own(word text) returns text', 'transform', grantee => 'operator')");
            operator.execute("select pglambda.define('closed(word text) returns text', 'transform', grantee => null)");
        }
        BundleServer.LAMBDA.replies("{\"result\": \"ok\"}");
    }

    @AfterAll
    static void drop() {
        database.drop();
    }

    static List<String> wrappers() {
        return List.of(
                "process_data('1')",
                "transform_data('1')",
                "validate_data('1')",
                "process_data_batch('{}')",
                "transform_data_batch('{}')",
                "validate_data_batch('{}')",
                "transform_data('1', '$')",
                "transform_data_batch('{}', '$')",
                "validate_data('1', 'true')",
                "validate_data_batch('{}', 'true')",
                "is_valid('1', 'true')",
                "process_data_async('1')",
                "transform_data_async('1')",
                "validate_data_async('1')",
                "shout('a')",
                "shout_batch('{}')");
    }

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
                "select * from pglambda_private.library",
                "set role pglambda_owner",
                "set role pglambda_operator",
                "create function lambda.mine() returns integer language sql as 'select 1'",
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

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select * from pglambda.functions",
                "select pglambda.register('x', 'x')",
                "select pglambda.register('y', 'y'), pglambda.unregister('y')",
                "select pglambda.invoke('process', '1')",
                "select pglambda.invoke_batch('process', '{}')",
                "select pglambda.define('f(a int) returns int', 'process', batch => true)",
                "select pglambda.undefine('shout')",
                "select * from pglambda.wrappers",
                "select own('a')",
                "select pglambda.version()",
                "select * from pglambda.check()",
                "select pglambda.enqueue('process', '1')",
                "select pglambda.purge('1 day')",
                "select * from pglambda.outbox",
                "select * from pglambda.outbox_status",
                "create temporary table t (a integer);"
                        + " create trigger t after insert on t for each row execute function pglambda.enqueue_row('process')",
            })
    void operator_may_run_the_registry(String sql) {
        assertThat(allowed("operator", sql)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "insert into pglambda.functions values ('x', 'x', null, null, null, 1, true)",
                "update pglambda.functions set arn = 'other'",
                "delete from pglambda.functions",
                "truncate pglambda.functions",
                "select aws_lambda.invoke('process', '{}'::json)",
                "select process_data('1')",
                "select pglambda_private.call(f, 'id', '{}') from pglambda.functions f",
                "select pglambda_private.request(f, null, 'data', '1', null) from pglambda.functions f",
                "select pglambda_private.error('22023', 'm', null, null)",
                "select pglambda_private.call_batch(f, 'id', '{1}', null, null) from pglambda.functions f",
                "select process_data_batch('{}')",
                "select process_data_async('1')",
                "insert into pglambda.outbox (function, item, due_at) values ('process', '1', now())",
                "update pglambda.outbox set item = '2'",
                "delete from pglambda.outbox",
                "truncate pglambda.outbox",
                "select pglambda_private.end_leases()",
                "select pglambda_private.row_query('pg_class'::regclass)",
                "insert into pglambda.wrappers values ('public', 'length', 'text', null, '', '')",
                "delete from pglambda.wrappers",
                "select pglambda_private.make_wrapper('', '', null, '')",
                "select pglambda_private.take_slot(f) from pglambda.functions f",
                "select pglambda_private.free_slots('process')",
                "select pglambda_private.slots_taken('process')",
                "select pglambda_private.entries('[]')",
                "select shout('a')",
                "select closed('a')",
                "drop function shout(text)",
                "alter function shout(text) owner to operator",
                "set role pglambda_owner",
            })
    void operator_may_not_go_around_it(String sql) {
        assertThat(allowed("operator", sql)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "insert into pglambda.processed_items values (1, 'a', '{}', now(), 'c')"
                        + " on conflict on constraint processed_items_pkey do nothing",
                "select * from pglambda.processed_items where id = any ('{1,2}')",
            })
    void function_process_may_store_and_compare_items(String sql) {
        assertThat(allowed("processor", sql)).isTrue();
        assertThat(allowed("app", sql)).isFalse();
        assertThat(allowed("operator", sql)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update pglambda.processed_items set value = 'other'",
                "delete from pglambda.processed_items",
                "truncate pglambda.processed_items",
                "select * from pglambda.functions",
                "select pglambda.invoke('process', '1')",
                "select process_data('1')",
                "select pglambda.enqueue('process', '1')",
                "select * from pglambda.outbox",
                "call pglambda.deliver()",
                "select aws_lambda.invoke('process', '{}'::json)",
                "create table lambda.mine (a integer)",
                "set role pglambda_owner",
            })
    void function_process_may_do_nothing_else(String sql) {
        assertThat(allowed("processor", sql)).isFalse();
    }

    @Test
    void function_monitor_may_see_how_the_outbox_stands() {
        assertThat(allowed("watcher", "select * from pglambda.outbox_status")).isTrue();
        assertThat(allowed("processor", "select * from pglambda.outbox_status")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select * from pglambda.outbox",
                "delete from pglambda.outbox",
                "select * from pglambda.functions",
                "select * from pglambda.processed_items",
                "select pglambda.version()",
                "select pglambda.retry(1)",
                "select pglambda.invoke('process', '1')",
                "select process_data('1')",
                "select pglambda.enqueue('process', '1')",
                "call pglambda.deliver()",
                "select aws_lambda.invoke('process', '{}'::json)",
                "create table lambda.mine (a integer)",
                "set role pglambda_owner",
            })
    void function_monitor_may_do_nothing_else(String sql) {
        assertThat(allowed("watcher", sql)).isFalse();
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
        assertThat(error.message()).contains("pglambda_owner cannot use aws_lambda");
        assertThat(error.hint().orElseThrow()).contains("Install the bundle again");
    }

    /** False only for "permission denied" and "must be owner"; any other error fails the test. */
    private static boolean allowed(String user, String sql) {
        try (Sql session = database.as(user)) {
            session.execute("begin");
            session.execute(sql);
            session.execute("rollback");
            return true;
        } catch (SqlError e) {
            assertThat(e.sqlState()).as(e.getMessage()).isEqualTo("42501");
            return false;
        }
    }
}
