package dev.pglambda.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whatever a caller puts in the way of a name, the bundle means PostgreSQL's object or its own. */
class HostileSessionTest {

    private BundleServer database;
    private Sql app;

    @BeforeEach
    void connect() {
        database = BundleServer.cloned();
        try (Sql superuser = database.asSuperuser()) {
            superuser.execute("create schema evil authorization app; grant create on schema public to app");
        }
        try (Sql operator = database.as("operator")) {
            operator.execute(
                    "select lambda.define('total(a text, b numeric) returns table (c text, d numeric)', 'process')");
            operator.execute("select lambda.define('words(a text) returns setof text', 'process', batch => true)");
        }
        app = database.as("app");
        // Else lambda_owner would not see the traps, whatever its functions' search_path.
        app.execute("grant usage on schema evil to public");
    }

    @AfterEach
    void disconnect() {
        app.close();
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

    private void assertNothingChanged() {
        for (String path : List.of(
                "pg_temp, evil, public, pg_catalog", "evil, public, pg_catalog", "evil", "''", "public, pg_catalog")) {
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
