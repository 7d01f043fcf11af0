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
            operator.execute("select lambda.define('shout(word text) returns text', 'transform', batch => true)");
            operator.execute("select lambda.define('own(word text) returns text', 'transform', grantee => 'operator')");
            operator.execute("select lambda.define('closed(word text) returns text', 'transform', grantee => null)");
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
                "select * from lambda.functions",
                "insert into lambda.functions values ('x', 'x', null, null, null, 1, true)",
                "update lambda.functions set arn = 'other'",
                "delete from lambda.functions",
                "select lambda.register('x', 'x')",
                "select lambda.unregister('process')",
                "select lambda.invoke('process', '1')",
                "select lambda.invoke_batch('process', '{}')",
                "select lambda.version()",
                "select lambda.enqueue('process', '1')",
                "call lambda.deliver()",
                "select lambda.retry(1)",
                "select lambda.purge('1 day')",
                "select * from lambda.outbox",
                "select * from lambda.outbox_status",
                "insert into lambda.outbox (function, item, due_at) values ('process', '1', now())",
                "select lambda.claim(1)",
                "select lambda.record_outcomes('{1}', now(), null)",
                "create temporary table t (a integer);"
                        + " create trigger t after insert on t for each row execute function lambda.enqueue_row('process')",
                "select own('a')",
                "select closed('a')",
                "select * from lambda.wrappers",
                "select lambda.define('f(a int) returns int', 'process')",
                "select lambda.undefine('shout')",
                "drop function shout(text)",
                "select * from lambda.check()",
                "select * from lambda.library",
                "set role lambda_owner",
                "set role lambda_operator",
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
                "lambda.enqueue('process', '1')",
                "lambda.invoke('process', '1')",
                "lambda.invoke_batch('process', '{}')",
                "lambda.define('f(a int) returns int', 'process')",
                "lambda.undefine('shout')",
                "own('a')",
                "closed('a')"
            })
    void role_without_grants_may_call_nothing(String call) {
        assertThat(allowed("stranger", "select " + call)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select * from lambda.functions",
                "select lambda.register('x', 'x')",
                "select lambda.register('y', 'y'), lambda.unregister('y')",
                "select lambda.invoke('process', '1')",
                "select lambda.invoke_batch('process', '{}')",
                "select lambda.define('f(a int) returns int', 'process', batch => true)",
                "select lambda.undefine('shout')",
                "select * from lambda.wrappers",
                "select own('a')",
                "select lambda.version()",
                "select * from lambda.check()",
                "select lambda.enqueue('process', '1')",
                "select lambda.purge('1 day')",
                "select * from lambda.outbox",
                "select * from lambda.outbox_status",
                "create temporary table t (a integer);"
                        + " create trigger t after insert on t for each row execute function lambda.enqueue_row('process')",
            })
    void operator_may_run_the_registry(String sql) {
        assertThat(allowed("operator", sql)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "insert into lambda.functions values ('x', 'x', null, null, null, 1, true)",
                "update lambda.functions set arn = 'other'",
                "delete from lambda.functions",
                "truncate lambda.functions",
                "select aws_lambda.invoke('process', '{}'::json)",
                "select process_data('1')",
                "select lambda.call(f, 'id', '{}') from lambda.functions f",
                "select lambda.request(f, null, 'data', '1', null) from lambda.functions f",
                "select lambda.error('22023', 'm', null, null)",
                "select lambda.call_batch(f, 'id', '{1}', null, null) from lambda.functions f",
                "select process_data_batch('{}')",
                "select process_data_async('1')",
                "insert into lambda.outbox (function, item, due_at) values ('process', '1', now())",
                "update lambda.outbox set item = '2'",
                "delete from lambda.outbox",
                "truncate lambda.outbox",
                "select lambda.end_leases()",
                "select lambda.row_query('pg_class'::regclass)",
                "insert into lambda.wrappers values ('public', 'length', 'text', null, '', '')",
                "delete from lambda.wrappers",
                "select lambda.make_wrapper('', '', null, '')",
                "select lambda.take_slot(f) from lambda.functions f",
                "select lambda.free_slots('process')",
                "select lambda.slots_taken('process')",
                "select lambda.entries('[]')",
                "select shout('a')",
                "select closed('a')",
                "drop function shout(text)",
                "alter function shout(text) owner to operator",
                "set role lambda_owner",
            })
    void operator_may_not_go_around_it(String sql) {
        assertThat(allowed("operator", sql)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "insert into lambda.processed_items values (1, 'a', '{}', now(), 'c')"
                        + " on conflict on constraint processed_items_pkey do nothing",
                "select * from lambda.processed_items where id = any ('{1,2}')",
            })
    void function_process_may_store_and_compare_items(String sql) {
        assertThat(allowed("processor", sql)).isTrue();
        assertThat(allowed("app", sql)).isFalse();
        assertThat(allowed("operator", sql)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update lambda.processed_items set value = 'other'",
                "delete from lambda.processed_items",
                "truncate lambda.processed_items",
                "select * from lambda.functions",
                "select lambda.invoke('process', '1')",
                "select process_data('1')",
                "select lambda.enqueue('process', '1')",
                "select * from lambda.outbox",
                "call lambda.deliver()",
                "select aws_lambda.invoke('process', '{}'::json)",
                "create table lambda.mine (a integer)",
                "set role lambda_owner",
            })
    void function_process_may_do_nothing_else(String sql) {
        assertThat(allowed("processor", sql)).isFalse();
    }

    @Test
    void function_monitor_may_see_how_the_outbox_stands() {
        assertThat(allowed("watcher", "select * from lambda.outbox_status")).isTrue();
        assertThat(allowed("processor", "select * from lambda.outbox_status")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select * from lambda.outbox",
                "delete from lambda.outbox",
                "select * from lambda.functions",
                "select * from lambda.processed_items",
                "select lambda.version()",
                "select lambda.retry(1)",
                "select lambda.invoke('process', '1')",
                "select process_data('1')",
                "select lambda.enqueue('process', '1')",
                "call lambda.deliver()",
                "select aws_lambda.invoke('process', '{}'::json)",
                "create table lambda.mine (a integer)",
                "set role lambda_owner",
            })
    void function_monitor_may_do_nothing_else(String sql) {
        assertThat(allowed("watcher", sql)).isFalse();
    }

    @Test
    void lost_right_on_aws_lambda_is_39000_with_a_hint() {
        BundleServer broken = BundleServer.cloned();
        try (Sql master = broken.as("master");
                Sql app = broken.as("app")) {
            master.execute("revoke usage on schema aws_lambda from lambda_owner");
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
        assertThat(error.message()).contains("lambda_owner cannot use aws_lambda");
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
