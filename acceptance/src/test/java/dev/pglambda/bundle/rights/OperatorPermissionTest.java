package dev.pglambda.bundle.rights;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What operators may do. */
class OperatorPermissionTest extends PermissionFixture {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select * from pglambda.functions",
                "select pglambda.register('x', 'x')",
                "select pglambda.register('y', 'y'), pglambda.unregister('y')",
                "select pglambda.disable('process'), pglambda.enable('process')",
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
    void operator_may_call_everything_in_schema_pglambda(String sql) {
        assertThat(allowed("operator", sql)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "insert into pglambda.functions (name, arn, max_batch_items, max_attempts) values ('x', 'x', 1, 1)",
                "update pglambda.functions set arn = 'other'",
                "delete from pglambda.functions",
                "truncate pglambda.functions",
                "select aws_lambda.invoke('process', '{}'::json)",
                "select process_data('1')",
                "select pglambda_private.call(f, 'id', 'data', '{}', null, null) from pglambda.functions f",
                "select pglambda_private.send(f, 'id', 1000, 'data', '{}', null, null) from pglambda.functions f",
                "select pglambda_private.request(f, null, 1, 'data', '1', null, null) from pglambda.functions f",
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
                "select pglambda_private.take_place(f, 1) from pglambda.functions f",
                "select pglambda_private.leave('process')",
                "select pglambda_private.taken_places('process')",
                "select pglambda_private.is_new_step('x')",
                "insert into pglambda_private.steps (name) values ('x')",
                "select pglambda_private.entries('[]')",
                "select shout('a')",
                "select closed('a')",
                "drop function shout(text)",
                "alter function shout(text) owner to operator",
                "set role pglambda_owner",
            })
    void operator_may_do_nothing_else(String sql) {
        assertThat(allowed("operator", sql)).isFalse();
    }
}
