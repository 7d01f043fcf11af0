package dev.pglambda.bundle.define;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pglambda.bundle.kit.EchoedItem;
import org.junit.jupiter.api.Test;

/** Typed wrappers: what pglambda.define makes of a signature, and how it is called. */
class DefineTest extends DefinitionFixture {

    @Test
    void arguments_become_members_of_the_item_and_the_result_is_cast() {
        assertThat(define("price_order(order_id bigint, total numeric) returns numeric"))
                .containsExactly("price_order(bigint,numeric)");
        LAMBDA.replies("{\"result\": 12345678901234567890.1234567890}");
        assertThat(app.value("select price_order(9007199254740993, 0.123456789012345678901234567890)"))
                .isEqualTo("12345678901234567890.1234567890");
        assertThat(EchoedItem.item(LAMBDA.request()))
                .isEqualTo("{\"total\": 0.123456789012345678901234567890, \"order_id\": 9007199254740993}");
        assertThat(LAMBDA.requests().get(0).functionName()).isEqualTo("pricing");
        assertThat(app.value("select pg_typeof(price_order(1, 1))::text")).isEqualTo("numeric");
    }

    @Test
    void null_arguments_are_json_null() {
        define("price_order(order_id bigint, total numeric default null) returns jsonb");
        assertThat(app.value("select price_order(null)")).isEqualTo("{\"total\": null, \"order_id\": null}");
    }

    @Test
    void function_without_arguments_sends_an_empty_object() {
        define("price_list() returns jsonb");
        assertThat(app.value("select price_list()")).isEqualTo("{}");
    }

    @Test
    void one_argument_without_a_name_is_the_item_itself() {
        define("shop.total(orders) returns numeric", "");
        master.execute(
                "truncate shop.orders; insert into shop.orders values (1, 2.50, array[('a', 1)::shop.line], 'red')");
        LAMBDA.replies("{\"result\": \"3.10\"}");
        assertThat(master.value("select shop.total(o) from shop.orders o")).isEqualTo("3.10");
        assertThat(EchoedItem.item(LAMBDA.request()))
                .isEqualTo("{\"id\": 1, \"lines\": [{\"piece\": \"a\", \"price\": 1}], \"total\": 2.50,"
                        + " \"colour\": \"red\"}");
        LAMBDA.replies("{\"result\": 1}");
        assertThat(master.value("select shop.total(null)")).isNull();
        assertThat(LAMBDA.requests()).isEmpty();
    }

    @Test
    void fields_give_the_names_of_json_members() {
        operator.execute(
                "select pglambda.define('f(order_id bigint) returns table (line_total numeric, order_no bigint)',"
                        + " 'pricing', fields => '{\"order_id\": \"orderId\", \"line_total\": \"lineTotal\","
                        + " \"order_no\": \"orderId\"}')");
        assertThat(app.value("select f(5)::text")).isEqualTo("(,5)");
        assertThat(EchoedItem.item(LAMBDA.request())).isEqualTo("{\"orderId\": 5}");
        LAMBDA.replies("{\"result\": {\"lineTotal\": 1.5}}");
        assertThat(app.value("select f(5)::text")).isEqualTo("(1.5,)");
    }

    @Test
    void options_go_with_every_call() {
        operator.execute(
                "select pglambda.define('f(a int) returns jsonb', 'pricing', '{\"o\": \"it''s\"}', batch => true)");
        LAMBDA.replies("{\"result\": 1}");
        app.execute("select f(1)");
        assertThat(app.value("select ?::jsonb -> 'options'", LAMBDA.request())).isEqualTo("{\"o\": \"it's\"}");
        LAMBDA.replies("{\"results\": [{\"result\": 1}]}");
        app.execute("select f_batch('{1}')");
        assertThat(app.value("select ?::jsonb -> 'options'", LAMBDA.request())).isEqualTo("{\"o\": \"it's\"}");
    }

    @Test
    void names_of_the_wrappers_own_variables_can_be_used() {
        define(
                "f(i int, r text, e json, result jsonb, entry text, value int, sqlerrm text, found boolean) returns jsonb");
        assertThat(app.value("select f(1, 'r', '[1]', '{}', 'x', 2, 's', true)"))
                .isEqualTo("{\"e\": [1], \"i\": 1, \"r\": \"r\", \"entry\": \"x\", \"found\": true, \"value\": 2,"
                        + " \"result\": {}, \"sqlerrm\": \"s\"}");
        operator.execute(
                "select pglambda.define('f(a shop.line, b text) returns table (e int, r text, entry text, result text)',"
                        + " 'pricing', fields => '{\"r\": \"b\"}')");
        assertThat(app.value("select f(null, 'x')::text")).isEqualTo("(,x,,)");
    }

    @Test
    void wrappers_are_closed_pinned_expensive_and_commented_like_the_shipped_ones() {
        defineBatch("f(a int) returns int");
        assertThat(operator.values("""
                        select concat_ws(' ', p.proname, p.proowner::regrole, p.prosecdef, p.provolatile, p.procost,
                                         p.proparallel, p.proconfig[1], obj_description(p.oid, 'pg_proc'),
                                         p.proacl::text)
                          from pg_proc p
                         where p.proname ~ '^f(_batch)?$'
                         order by 1"""))
                .allMatch(line -> line.contains(" pglambda_owner t v 10000 u search_path=pg_catalog, pg_temp"
                        + " Calls function pricing, by pglambda.define: f(a int) returns int"
                        + " {pglambda_owner=X/pglambda_owner,pglambda_invoker=X/pglambda_owner}"))
                .hasSize(2);
    }

    @Test
    void request_does_not_depend_on_the_callers_settings() {
        define("f(a bytea, b interval, c float8, d tsrange) returns jsonb");
        String call = "select f('\\x00ff', '1 day 2 hours', 0.1::float8 + 0.2::float8, '[2026-01-02,2026-02-03)')";
        String expected = app.value(call);
        assertThat(expected)
                .isEqualTo("{\"a\": \"\\\\x00ff\", \"b\": \"P1DT2H\", \"c\": 0.30000000000000004, \"d\":"
                        + " \"[\\\"2026-01-02 00:00:00\\\",\\\"2026-02-03 00:00:00\\\")\"}");
        app.execute("""
                create function pg_temp.elsewhere() returns jsonb language sql
                    set bytea_output = escape set intervalstyle = sql_standard set extra_float_digits = -5
                    set datestyle = sql, dmy
                as $body$ %s $body$""".formatted(call));
        assertThat(app.value("select pg_temp.elsewhere()")).isEqualTo(expected);
    }
}
