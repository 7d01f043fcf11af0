package dev.pglambda.bundle;

import static dev.pglambda.bundle.Sql.errorOf;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Typed wrappers: what {@code pglambda.define} makes of a signature, and what their callers get. */
class DefineTest {

    private static final FakeLambda LAMBDA = BundleServer.LAMBDA;

    private static BundleServer database;
    private static Sql app;
    private static Sql operator;
    private static Sql master;

    @BeforeAll
    static void connect() {
        database = BundleServer.cloned();
        app = database.as("app");
        operator = database.as("operator");
        master = database.as("master");
        master.execute("""
                create schema shop;
                grant usage on schema shop to public;
                grant create on schema shop to pglambda_owner;
                create type shop.line as (piece text, price numeric);
                create type shop.colour as enum ('red', 'dark blue');
                create domain shop.quantity as integer check (value > 0);
                create domain shop.tags as text[];
                create table shop.orders (id bigint, total numeric, lines shop.line[], colour shop.colour);
                """);
        operator.execute("select pglambda.register('pricing', 'pricing')");
    }

    @AfterAll
    static void disconnect() {
        database.drop();
    }

    @BeforeEach
    void undefine() {
        operator.execute(
                "select pglambda.undefine(quote_ident(schema) || '.' || quote_ident(name)) from pglambda.wrappers");
        LAMBDA.does(new EchoedItem());
    }

    @Test
    void arguments_become_the_items_fields_and_the_result_is_cast_back() {
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

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "numeric | 1e-30 | 0.000000000000000000000000000001",
                "numeric | -123456789012345678901234567890.5 | -123456789012345678901234567890.5",
                "numeric(7,2) | 1.005 | 1.01",
                "bigint | 9223372036854775807 | 9223372036854775807",
                "int[] | [1, null, 3] | {1,NULL,3}",
                "integer[][] | [[1, 2], [3, 4]] | {{1,2},{3,4}}",
                "text | \"a\\\"b\" | a\"b",
                "varchar(3) | \"abc\" | abc",
                "boolean | true | true",
                "double precision | 0.1 | 0.1",
                "real | 1.5e30 | 1.5e+30",
                "timestamp with time zone | \"2026-01-02T03:04:05.123456Z\" | 2026-01-02 03:04:05.123456+00",
                "timestamp(0) without time zone | \"2026-01-02T03:04:05.6\" | 2026-01-02 03:04:06",
                "date | \"2026-01-02\" | 2026-01-02",
                "interval | \"PT1H30M\" | 01:30:00",
                "uuid | \"6f1c1a3e-6b0c-4a6e-8f5e-0123456789ab\" | 6f1c1a3e-6b0c-4a6e-8f5e-0123456789ab",
                "bytea | \"\\\\x00ff\" | \\x00ff",
                "jsonb | {\"a\": [1]} | {\"a\": [1]}",
                "json | [1] | [1]",
                "int4range | \"[1,5)\" | [1,5)",
                "shop.colour | \"dark blue\" | dark blue",
                "shop.quantity | 7 | 7",
                "shop.tags | [\"a\", \"b\"] | {a,b}",
                "shop.line | {\"price\": 1.50, \"other\": 1} | (,1.50)",
                "shop.line[] | [{\"piece\": \"a\"}, null] | {\"(a,)\",NULL}",
                "text | null | `null`",
                "shop.line | null | `null`",
                "shop.quantity | null | `null`",
                "void | {\"a\": 1} | ``",
            })
    void result_is_cast_to_its_type(String type, String json, String value) {
        define("f() returns " + type);
        LAMBDA.replies("{\"result\": " + json + "}");
        app.execute("set timezone = 'UTC'");
        assertThat(app.value("select f()::text")).isEqualTo("null".equals(value) ? null : value);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "integer | \"x\" | invalid input syntax for type integer: \"x\"",
                "integer | 1.5 | invalid input syntax for type integer: \"1.5\"",
                "integer | 2147483648 | value \"2147483648\" is out of range for type integer",
                "numeric(3,1) | 100 | numeric field overflow",
                "varchar(3) | \"abcd\" | value too long for type character varying(3)",
                "shop.colour | \"green\" | invalid input value for enum shop.colour: \"green\"",
                "shop.quantity | 0 | value for domain shop.quantity violates check constraint \"quantity_check\"",
                "shop.line | 7 | cannot call populate_composite on a scalar",
                "int[] | {\"a\": 1} | expected JSON array",
                "table (a integer) | [{\"a\": 1}, 7] | ",
                "setof integer | [1, \"x\"] | invalid input syntax for type integer: \"x\"",
            })
    void result_that_cannot_be_cast_is_38000_and_says_what_and_why(String type, String json, String reason) {
        define("f() returns " + type);
        LAMBDA.replies("{\"result\": " + json + "}");
        SqlError error = errorOf(() -> app.values("select f()::text"));
        assertThat(error.sqlState()).isEqualTo("38000");
        assertThat(error.message()).isEqualTo("function 'pricing' did not return what public.f returns: " + type);
        assertThat(error.detail().orElseThrow()).contains(reason == null ? "7: " : reason);
        assertThat(error.hint()).isPresent();
    }

    @Test
    void errors_of_the_function_come_as_they_are() {
        define("f() returns integer");
        LAMBDA.replies("{\"error\": {\"sqlstate\": \"22P02\", \"message\": \"own\"}}");
        SqlError error = errorOf(() -> app.value("select f()"));
        assertThat(error.sqlState()).isEqualTo("22P02");
        assertThat(error.message()).isEqualTo("own");
    }

    @Test
    void array_of_objects_is_the_rows_of_a_table() {
        define("f() returns table (id bigint, \"Net price\" numeric)");
        LAMBDA.replies("{\"result\": [{\"id\": 1, \"Net price\": 2.50}, {\"id\": 2}, null, {\"other\": 1}]}");
        assertThat(app.values("select f()::text")).containsExactly("(1,2.50)", "(2,)", "(,)", "(,)");
        LAMBDA.replies("{\"result\": {\"id\": 7}}");
        assertThat(app.values("select id::text from f()")).containsExactly("7");
        LAMBDA.replies("{\"result\": []}");
        assertThat(app.values("select f()::text")).isEmpty();
        LAMBDA.replies("{\"result\": null}");
        assertThat(app.values("select f()::text")).isEmpty();
    }

    @Test
    void array_is_the_rows_of_a_set() {
        define("f() returns setof numeric");
        LAMBDA.replies("{\"result\": [1.50, null, 3]}");
        assertThat(app.values("select f()::text")).containsExactly("1.50", null, "3");
        LAMBDA.replies("{\"result\": 4}");
        assertThat(app.values("select f()::text")).containsExactly("4");

        define("f() returns setof shop.line");
        LAMBDA.replies("{\"result\": [{\"piece\": \"a\", \"price\": 1}, null]}");
        assertThat(app.values("select piece from f()")).containsExactly("a", null);
    }

    @Test
    void fields_may_be_called_otherwise_in_json() {
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
    void batch_form_takes_an_array_for_each_argument_and_gives_a_row_for_each_item() {
        LAMBDA.does(new EchoingBatches(item -> item.contains("null")
                ? "{\"error\":{\"sqlstate\":\"22023\",\"message\":\"no total\"}}"
                : "{\"result\":" + item.replaceAll(".*\"total\":([^,}]*).*", "$1") + "}"));
        assertThat(defineBatch("price_order(order_id bigint, total numeric) returns numeric"))
                .containsExactly("price_order(bigint,numeric)", "price_order_batch(bigint[],numeric[])");
        assertThat(app.values("select b::text from price_order_batch('{1,2,3}', '{0.5,null,7}') b"))
                .containsExactly(
                        "(1,0.5,)",
                        "(2,,\"{\"\"message\"\": \"\"no total\"\", \"\"sqlstate\"\": \"\"22023\"\"}\")",
                        "(3,7,)");
        assertThat(app.values("select b::text from price_order_batch('{}', null) b"))
                .isEmpty();
        SqlError error = errorOf(() -> app.values("select b::text from price_order_batch('{1,2}', '{3}') b"));
        assertThat(error.sqlState()).isEqualTo("2202E");
        assertThat(error.message()).isEqualTo("the arrays of price_order_batch have different lengths");
        assertThat(error.detail()).contains("2, 1");
    }

    @Test
    void result_of_another_type_is_the_error_of_its_item_in_a_batch() {
        LAMBDA.does(new EchoingBatches());
        defineBatch("f(jsonb) returns setof integer");
        assertThat(app.values("select ordinality || ' ' || coalesce(result::text, error ->> 'sqlstate', 'none')"
                        + " from f_batch(array['[1,2]', '[3,\"x\"]', null, '[]', '5']::jsonb[]) b"))
                .containsExactly("1 1", "1 2", "2 38000", "3 none", "5 5");
    }

    @Test
    void batch_forms_of_tables_composite_types_and_void() {
        LAMBDA.does(new EchoingBatches());
        defineBatch("g(shop.orders) returns shop.orders");
        defineBatch("h(a int) returns void");
        operator.execute(
                "select pglambda.define('f(line shop.line) returns table (same shop.line, no int)', 'pricing', batch =>"
                        + " true, fields => '{\"same\": \"line\"}')");
        assertThat(app.values("select f::text from f_batch(array[('a', 1.25), null]::shop.line[]) f"))
                .containsExactly("(1,\"(a,1.25)\",,)", "(2,,,)");
        assertThat(app.values(
                        "select (result).colour::text from g_batch(array[(1, 2, null, 'red'), null]::shop.orders[])"))
                .containsExactly("red", null);
        assertThat(app.values("select h::text from h_batch('{1,2}') h")).containsExactly("(1,)", "(2,)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"f() returns integer", "f(a int, b text[]) returns integer"})
    void signature_without_arrays_of_its_arguments_has_no_batch_form(String signature) {
        SqlError error = errorOf(() -> defineBatch(signature));
        assertThat(error.sqlState()).isEqualTo("22023");
        assertThat(error.message()).isEqualTo("f can have no batch form");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "`` | the signature ends where a name belongs | Character 1 of: ",
                "f | the signature ends where an opening parenthesis belongs | Character 2",
                "f( | the signature ends where a type belongs | Character 3",
                "f(a int | the signature ends where a comma or a closing parenthesis belongs | Character 8",
                "f(a int) | the signature ends where returns belongs | Character 9",
                "f(a int) returns | the signature ends where a type belongs | Character 17",
                "f(a int) returns int int | the signature has int where the end belongs | Character 22",
                "f(a int); drop table x | the signature has ; where returns belongs | Character 9",
                "f(a int, int) returns int | the signature has int where the name of the argument belongs | Character 10",
                "f(out a int) returns int | the signature has out where the name of an argument (all are IN) belongs | Character 3",
                "f(variadic a int[]) returns int | the signature has variadic where | Character 3",
                "f(\"a int) returns int | the signature has \" where the name of the argument belongs | Character 3",
                "f(\"\" int) returns int | the signature has \"\" where the name of the argument belongs | Character 3",
                "f(a int[) returns int | the signature has ) where a closing bracket belongs | Character 9",
                "f(a int default now()) returns int | the signature has now where a number, a text, true, false or null belongs | Character 17",
                "f(a int) returns table () | the signature has ) where the name of the column belongs | Character 25",
                "f(a int /* b */) returns int | the signature has / where a comma or a closing parenthesis belongs | Character 9",
                "f(a int) returns int -- x | the signature has - where the end belongs | Character 22",
            })
    void signature_that_is_wrong_is_42601_with_the_place_and_an_example(
            String signature, String message, String place) {
        SqlError error = errorOf(() -> define(signature));
        assertThat(error.sqlState()).isEqualTo("42601");
        assertThat(error.message()).startsWith(message);
        assertThat(error.detail().orElseThrow()).startsWith(place.strip());
        assertThat(error.hint()).contains("The right form: price(order_id bigint, total numeric) returns numeric");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "f(a nosuch) returns int | 42704 | type public.nosuch does not exist",
                "f(a no.such[]) returns int | 42704 | type no.such[] does not exist",
                "f(a int) returns record | 0A000 | a wrapper cannot have the type record",
                "f(a anyelement) returns int | 0A000 | a wrapper cannot have the type anyelement",
                "f(a int) returns trigger | 0A000 | a wrapper cannot have the type trigger",
                "f() returns table (a shop.line) | 0A000 | a table's only column cannot have the composite type shop.line",
                "f(a int) returns setof void | 0A000 | a wrapper cannot have the type void",
                "f(a int, a text) returns int | 42701 | the name a or the field \"a\" is there twice",
                "f(a int) returns table (a int) | 42P13 | parameter name \"a\" used more than once",
                "f(a int default 'x') returns int | 22P02 | invalid input syntax for type integer: \"x\"",
                "f(a int default 1, b int) returns int | 42P13 | input parameters after one with a default",
                "nowhere.f(a int) returns int | 3F000 | schema nowhere, where the wrapper is to go, does not exist",
                "lambda.f(a int) returns int | 42501 | schema lambda is not one for wrappers",
                "pg_catalog.f(a int) returns int | 42501 | schema pg_catalog is not one for wrappers",
                "pg_temp.f(a int) returns int | 3F000 | schema pg_temp, where the wrapper is to go, does not exist",
                "lower(a int) returns int | 42723 | lower(",
                "process_data(a int) returns int | 42723 | public.process_data(jsonb) exists and is not what",
                "shop.process_data(a int) returns int | 42723 | public.process_data(jsonb) exists and is not what",
                "shop.is_valid(a int) returns int | 42723 | public.is_valid(jsonb,jsonb) exists and is not what",
            })
    void signature_that_postgresql_or_the_bundle_cannot_have_is_told_why(
            String signature, String state, String message) {
        SqlError error = errorOf(() -> define(signature));
        assertThat(error.sqlState()).as(error.getMessage()).isEqualTo(state);
        assertThat(error.message()).startsWith(message);
        assertThat(operator.values("select name from pglambda.wrappers")).isEmpty();
    }

    @Test
    void name_that_postgresql_would_cut_short_is_refused() {
        SqlError error = errorOf(() -> define("f" + "ü".repeat(32) + "(a int) returns int"));
        assertThat(error.sqlState()).isEqualTo("42622");
        assertThat(errorOf(() -> defineBatch("f".repeat(60) + "(a int) returns int"))
                        .sqlState())
                .isEqualTo("42622");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'nobody' | P0002 | function 'nobody' is not registered",
                "null | P0002 | function NULL is not registered",
                "'pricing', fields => '[]' | 22023 | batch must be true or false, and fields an object",
                "'pricing', batch => null | 22023 | batch must be true or false, and fields an object",
                "'pricing', fields => '{\"b\": \"x\"}' | 22023 | fields names b, which is neither an argument nor a column",
                "'pricing', fields => '{\"a\": 7}' | 22023 | the field of a cannot be called 7",
                "'pricing', fields => '{\"a\": \"\"}' | 22023 | the field of a cannot be called \"\"",
                "'pricing', fields => '{\"a\": null}' | 22023 | the field of a cannot be called null",
                "'pricing', grantee => 'nobody' | 42704 | there is no role nobody to be the grantee",
                "'pricing', grantee => 'public' | 42704 | there is no role public to be the grantee",
            })
    void other_arguments_that_are_wrong_are_told(String arguments, String state, String message) {
        SqlError error =
                errorOf(() -> operator.values("select pglambda.define('f(a int) returns int', " + arguments + ")::text"));
        assertThat(error.sqlState()).isEqualTo(state);
        assertThat(error.message()).startsWith(message);
    }

    @Test
    void names_of_our_own_variables_are_names_like_any_other() {
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
    void defining_anew_replaces_whatever_changes() {
        defineBatch("f(a int) returns int");
        operator.execute("select pglambda.define('f(a int) returns int', 'pricing', grantee => 'operator')");
        assertThat(operator.values("select oid::regprocedure::text from pg_proc where proname ~ '^f(_batch)?$'"))
                .containsExactly("f(integer)");
        assertThat(errorOf(() -> app.value("select f(1)")).sqlState()).isEqualTo("42501");
        define("f(b int) returns text");
        LAMBDA.replies("{\"result\": \"x\"}");
        assertThat(app.value("select f(b => 1)")).isEqualTo("x");
        defineBatch("f(a numeric, b int) returns table (c int)");
        assertThat(operator.values(
                        "select oid::regprocedure::text from pg_proc where proname ~ '^f(_batch)?$' order by 1"))
                .containsExactly("f(numeric,integer)", "f_batch(numeric[],integer[])");
        assertThat(operator.values("select signature from pglambda.wrappers")).hasSize(1);
    }

    @Test
    void what_others_depend_on_keeps_its_result() {
        define("f(a int) returns int");
        master.execute("create view shop.calls as select public.f(1)");
        define("f(a int) returns int");
        for (Runnable change : List.<Runnable>of(
                () -> define("f(a int) returns text"),
                () -> operator.execute("select pglambda.undefine('f')"),
                () -> define("f(a text) returns int"))) {
            SqlError error = errorOf(change::run);
            assertThat(error.sqlState()).isEqualTo("2BP01");
            assertThat(error.detail().orElseThrow() + error.message()).contains("f(integer)");
        }
        assertThat(errorOf(() -> define("f(a int) returns text")).message())
                .isEqualTo("public.f(integer) cannot be defined anew with another result: other objects depend on it");
        master.execute("drop view shop.calls");
    }

    @Test
    void function_that_is_not_ours_is_refused_and_stays() {
        master.execute("create function public.mine(text) returns text language sql as 'select $1'");
        SqlError error = errorOf(() -> define("mine(a int) returns int"));
        assertThat(error.sqlState()).isEqualTo("42723");
        assertThat(error.message())
                .isEqualTo("public.mine(text) exists and is not what pglambda.define made as public.mine");
        master.execute("alter function public.mine(text) rename to mine_batch");
        assertThat(errorOf(() -> defineBatch("mine(a int) returns int")).sqlState())
                .isEqualTo("42723");
        define("mine(a int) returns int");
        master.execute("drop function mine_batch(text)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "f",
                "public.f",
                "F",
                "\"f\"",
                "f(order_id int, int[])",
                "f(int, integer[])",
                "f(order_id integer, b int[]) returns int"
            })
    void undefine_takes_a_name_or_a_signature(String name) {
        define("f(order_id int, b int[]) returns int");
        operator.execute("select pglambda.undefine('" + name + "')");
        assertThat(operator.values("select oid::regprocedure::text from pg_proc where proname = 'f'"))
                .isEmpty();
        assertThat(operator.values("select name from pglambda.wrappers")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"g", "f(int)", "shop.f", "process_data", "f()", "f(int, int)"})
    void undefine_of_what_was_not_defined_is_42883(String name) {
        define("f(order_id int, b int[]) returns int");
        SqlError error = errorOf(() -> operator.execute("select pglambda.undefine('" + name + "')"));
        assertThat(error.sqlState()).isEqualTo("42883");
        assertThat(error.message()).isEqualTo("pglambda.define has made no " + name);
    }

    @Test
    void schema_that_the_owner_may_not_use_is_told_with_the_grant_that_helps() {
        master.execute("create schema closed");
        SqlError error = errorOf(() -> define("closed.f(a int) returns int"));
        assertThat(error.sqlState()).isEqualTo("42501");
        assertThat(error.hint())
                .contains("Let the schema's owner run: grant usage, create on schema closed to pglambda_owner;");
        master.execute("grant usage, create on schema closed to pglambda_owner");
        assertThat(define("closed.f(a int) returns int")).containsExactly("closed.f(integer)");
    }

    @Test
    void type_whose_owner_may_not_act_as_ours_is_refused_wherever_it_hides() {
        try (Sql superuser = database.asSuperuser()) {
            superuser.execute(
                    "create schema if not exists evil authorization app; grant usage on schema evil to public");
            superuser.execute("grant create on schema public to app");
        }
        app.execute("""
                create function evil.trap(integer) returns boolean language plpgsql
                    as $$ begin raise 'trap as %', current_user; end $$;
                create domain evil.trapped as integer check (evil.trap(value));
                create type evil.holder as (a evil.trapped);
                create type evil.colour as enum ('red');
                create domain public.quantity as integer check (evil.trap(value));
                """);
        master.execute("create type shop.hides as (a int, b evil.holder[])");
        for (String type : List.of(
                "evil.trapped",
                "evil.trapped[]",
                "evil.holder",
                "evil.colour",
                "shop.hides",
                "quantity",
                "shop.hides[]")) {
            for (String signature : List.of("f(a " + type + ") returns int", "f() returns table (b " + type + ")")) {
                SqlError error = errorOf(() -> define(signature));
                assertThat(error.sqlState()).as(signature).isEqualTo("42501");
                assertThat(error.message()).endsWith("belongs to app, and wrappers run as pglambda_owner");
                assertThat(error.hint()).isPresent();
            }
        }
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
    void what_is_sent_does_not_depend_on_the_callers_settings() {
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

    private static List<String> define(String signature) {
        return define(signature, "");
    }

    private static List<String> defineBatch(String signature) {
        return define(signature, ", batch => true");
    }

    private static List<String> define(String signature, String more) {
        return operator.values("select pglambda.define(?, 'pricing'" + more + ")::text", signature);
    }
}
