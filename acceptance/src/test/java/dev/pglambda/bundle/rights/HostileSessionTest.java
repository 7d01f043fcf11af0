package dev.pglambda.bundle.rights;

import static dev.pglambda.bundle.kit.Sql.errorOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pglambda.bundle.kit.BundleServer;
import dev.pglambda.bundle.kit.DurableFunction;
import dev.pglambda.bundle.kit.Sql;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Objects of a caller that have the names of others do not mislead the bundle: it uses PostgreSQL's objects and its
 * own.
 */
class HostileSessionTest {

    private static final List<String> PATHS = List.of(
            "pg_temp, evil, public, pg_catalog", "evil, public, pg_catalog", "evil", "''", "public, pg_catalog");

    private BundleServer database;
    private Sql app;
    private Sql operator;

    @BeforeEach
    void connect() {
        database = BundleServer.cloned();
        try (Sql superuser = database.asSuperuser()) {
            superuser.execute("create schema evil authorization app; grant create on schema public to app, operator;"
                    + " grant create on schema evil to operator");
        }
        try (Sql operator = database.as("operator")) {
            operator.execute(
                    "select pglambda.define('total(a text, b numeric) returns table (c text, d numeric)', 'process')");
            operator.execute("select pglambda.define('words(a text) returns setof text', 'process', batch => true)");
        }
        app = database.as("app");
        operator = database.as("operator");
        // Otherwise pglambda_owner could not use the objects, even if its functions' search_path had the schema.
        app.execute("grant usage on schema evil to public");
    }

    @AfterEach
    void disconnect() {
        database.drop();
    }

    @Test
    void shadowing_functions_are_not_called() {
        for (String schema : List.of("public", "evil", "pg_temp")) {
            app.execute("""
                    create function %1$s.gen_random_uuid() returns uuid language plpgsql as $$ begin raise 'trap'; end $$;
                    create function %1$s.current_database() returns name language plpgsql as $$ begin raise 'trap'; end $$;
                    create function %1$s.format(text, variadic text[]) returns text language plpgsql
                        as $$ begin raise 'trap'; end $$;
                    create function %1$s.octet_length(text) returns integer language plpgsql as $$ begin raise 'trap'; end $$;
                    create function %1$s.current_setting(text) returns text language plpgsql as $$ begin raise 'trap'; end $$;
                    create function %1$s.current_setting(text, boolean) returns text language plpgsql
                        as $$ begin raise 'trap'; end $$;
                    create function %1$s.to_jsonb(record) returns jsonb language plpgsql as $$ begin raise 'trap'; end $$;
                    create function %1$s.jsonb_build_object(text, jsonb) returns jsonb language plpgsql
                        as $$ begin raise 'trap'; end $$;
                    create function %1$s.jsonb_to_record(jsonb) returns record language plpgsql
                        as $$ begin raise 'trap'; end $$;
                    create function %1$s.jsonb_array_elements(jsonb) returns setof jsonb language plpgsql
                        as $$ begin raise 'trap'; end $$;
                    create function %1$s.entries(jsonb) returns setof jsonb language plpgsql
                        as $$ begin raise 'trap'; end $$;
                    create function %1$s.jsonb_typeof(jsonb) returns text language plpgsql as $$ begin raise 'trap'; end $$;
                    """.formatted(schema));
        }
        assertNothingChanged();
    }

    @Test
    void shadowing_operators_and_casts_are_not_used() {
        for (String schema : List.of("public", "evil", "pg_temp")) {
            app.execute("""
                    create function %1$s.trap(text, text) returns boolean language plpgsql as $$ begin raise 'trap'; end $$;
                    create function %1$s.trap(integer, integer) returns boolean language plpgsql
                        as $$ begin raise 'trap'; end $$;
                    create function %1$s.trap(jsonb, text) returns jsonb language plpgsql as $$ begin raise 'trap'; end $$;
                    create operator %1$s.= (leftarg = text, rightarg = text, function = %1$s.trap);
                    create operator %1$s.~ (leftarg = text, rightarg = text, function = %1$s.trap);
                    create operator %1$s.> (leftarg = integer, rightarg = integer, function = %1$s.trap);
                    create operator %1$s.-> (leftarg = jsonb, rightarg = text, function = %1$s.trap);
                    create operator %1$s.->> (leftarg = jsonb, rightarg = text, function = %1$s.trap);
                    create type %1$s.json as (a integer);
                    create type %1$s.jsonb as (a integer);
                    create domain %1$s.uuid as pg_catalog.text check (false);
                    """.formatted(schema));
        }
        assertNothingChanged();
    }

    @Test
    void shadowing_tables_and_schemas_are_not_read() {
        app.execute("""
                create temporary table functions (like information_schema.tables);
                create temporary view pg_settings as select 'trap' as name;
                create table evil.functions (name text, arn text);
                insert into evil.functions values ('process', 'other');
                create function evil.invoke(text, jsonb, jsonb) returns jsonb language sql as $$ select 'null'::jsonb $$;
                create function evil.refusal(text, functions) returns jsonb language sql as $$ select 'true'::jsonb $$;
                """);
        assertNothingChanged();
    }

    @Test
    void delivery_uses_its_own_objects_in_every_transaction_of_a_hostile_session() {
        for (String schema : List.of("public", "evil", "pg_temp")) {
            operator.execute("""
                    create function %1$s.set_config(text, text, boolean) returns text language plpgsql
                        as $$ begin raise 'trap'; end $$;
                    create function %1$s.clock_timestamp() returns timestamptz language plpgsql
                        as $$ begin raise 'trap'; end $$;
                    create function %1$s.cardinality(bigint[]) returns integer language plpgsql
                        as $$ begin raise 'trap'; end $$;
                    create function %1$s.trap(timestamptz, interval) returns timestamptz language plpgsql
                        as $$ begin raise 'trap'; end $$;
                    create function %1$s.trap(timestamptz, timestamptz) returns boolean language plpgsql
                        as $$ begin raise 'trap'; end $$;
                    create function %1$s.trap(integer, integer) returns integer language plpgsql
                        as $$ begin raise 'trap'; end $$;
                    create function %1$s.trap(text, text) returns boolean language plpgsql as $$ begin raise 'trap'; end $$;
                    create function %1$s.claim(integer) returns bigint[] language plpgsql as $$ begin raise 'trap'; end $$;
                    create operator %1$s.+ (leftarg = timestamptz, rightarg = interval, function = %1$s.trap);
                    create operator %1$s.>= (leftarg = timestamptz, rightarg = timestamptz, function = %1$s.trap);
                    create operator %1$s.- (leftarg = integer, rightarg = integer, function = %1$s.trap);
                    create operator %1$s.= (leftarg = text, rightarg = text, function = %1$s.trap);
                    create domain %1$s.jsonb as pg_catalog.text check (false);
                    create domain %1$s.timestamptz as pg_catalog.text check (false);
                    create domain %1$s.int8 as pg_catalog.text check (false);
                    """.formatted(schema));
        }
        operator.execute("create temporary table outbox (id integer); create temporary table functions (name text)");
        for (String path : PATHS) {
            DurableFunction function = DurableFunction.on(BundleServer.LAMBDA);
            app.execute("set search_path = " + path);
            operator.execute("set search_path = " + path);
            app.execute("select public.process_data_async('1'), public.process_data_async('2'),"
                    + " public.transform_data_async('3')");
            operator.execute("call pglambda.deliver()");
            assertThat(function.items()).containsExactlyInAnyOrder("1", "2", "3");
            assertThat(operator.value("show search_path")).isEqualTo(path.equals("''") ? "\"\"" : path);
            operator.execute("reset search_path");
            assertThat(operator.values("select distinct state from pglambda.outbox"))
                    .containsExactly("done");
            assertThat(errorOf(() -> operator.execute("begin; set search_path = " + path + "; call pglambda.deliver()"))
                            .sqlState())
                    .isEqualTo("25001");
            operator.execute("rollback");
        }
    }

    @Test
    void casts_of_types_do_not_run_when_rows_are_enqueued() {
        try (Sql superuser = database.asSuperuser()) {
            superuser.execute("grant usage on schema evil to operator; grant pglambda_operator to app");
        }
        app.execute("""
                create type evil.colour as enum ('red');
                create type evil.pair as (a integer, b text);
                create function evil.leak(evil.colour) returns json language plpgsql
                    as $$ begin raise 'ran as %', current_user; end $$;
                create function evil.leak(evil.pair) returns json language plpgsql
                    as $$ begin raise 'ran as %', current_user; end $$;
                create function evil.leak_text(evil.colour) returns text language plpgsql
                    as $$ begin raise 'ran as %', current_user; end $$;
                create cast (evil.colour as json) with function evil.leak(evil.colour);
                create cast (evil.pair as json) with function evil.leak(evil.pair);
                create cast (evil.colour as text) with function evil.leak_text(evil.colour) as implicit;
                create domain evil.small as integer;
                create table evil.things (id integer, c evil.colour, cs evil.colour[], p evil.pair, s evil.small, "a""b" text);
                create trigger t after insert on evil.things for each row execute function pglambda.enqueue_row('process');
                insert into evil.things values (1, 'red', '{red}', '(1,x)', 7, 'y');
                insert into evil.things values (2);
                """);
        List<String> items = app.values("select item -> 'new' from pglambda.outbox order by id");
        try (Sql superuser = database.asSuperuser()) {
            superuser.execute("revoke pglambda_operator from app"); // roles belong to the server, and so to all tests
        }
        assertThat(items)
                .containsExactly(
                        "{\"c\": \"red\", \"p\": \"(1,x)\", \"s\": 7, \"cs\": \"{red}\", \"id\": 1, \"a\\\"b\": \"y\"}",
                        "{\"c\": null, \"p\": null, \"s\": null, \"cs\": null, \"id\": 2, \"a\\\"b\": null}");
    }

    private void assertNothingChanged() {
        for (String path : PATHS) {
            BundleServer.LAMBDA.replies("{\"result\": \"right\"}");
            app.execute("set search_path = " + path);
            assertThat(app.value("select public.process_data('{}')::pg_catalog.text"))
                    .isEqualTo("\"right\"");
            assertThat(BundleServer.LAMBDA.requests()).hasSize(1);
            assertThat(BundleServer.LAMBDA.requests().get(0).functionName()).isEqualTo("process");
            assertThat(app.values("select t from public.words('x') t")).containsExactly("right");
            BundleServer.LAMBDA.replies("{\"result\": {\"c\": \"right\", \"d\": 1.50}}");
            assertThat(app.values("select public.total('x', 1)::pg_catalog.text"))
                    .containsExactly("(right,1.50)");
            BundleServer.LAMBDA.replies("{\"results\": [{\"result\": [\"right\", 7]}]}");
            assertThat(app.values("select b.result from public.words_batch('{x}') b"))
                    .containsExactly("right", "7");
            assertThat(app.value("show search_path")).isEqualTo(path.equals("''") ? "\"\"" : path);
            app.execute("reset search_path");
        }
    }
}
