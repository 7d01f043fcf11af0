package dev.pglambda.bundle.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pglambda.bundle.kit.Sql;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows of pglambda.check about rights, owners and changed functions. */
class CheckAccessTest extends CheckFixture {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "execute on function process_data(jsonb)",
                "execute on function pglambda.invoke(text, jsonb, jsonb)",
                "usage on schema pglambda",
                "usage on schema pglambda_private",
                "select on pglambda.functions",
                "usage on schema aws_lambda",
                "execute on function aws_lambda.invoke(text, json, text, text, text, json, varchar)"
            })
    void right_of_public_is_revoked(String right) {
        master.execute("grant " + right + " to public");
        repair("closed to public", "public has " + right.split(" ")[0] + " on ");
        assertThat(failing()).isEmpty();
    }

    @Test
    void right_of_an_application_on_aws_lambda_is_revoked() {
        master.execute("""
                grant usage on schema aws_lambda to app, stranger;
                grant execute on all functions in schema aws_lambda to app""");
        repair("aws_lambda for pglambda_owner alone", "also used by app, stranger");
        assertThat(failing()).isEmpty();
        assertThat(master.value("select has_schema_privilege('app', 'aws_lambda', 'usage')::text"))
                .isEqualTo("false");
    }

    @Test
    void role_of_the_bundle_that_somebody_can_log_in_as_is_closed() {
        master.execute("alter role pglambda_invoker login");
        repair("roles of the bundle", "changed: pglambda_invoker");
        assertThat(failing()).isEmpty();
    }

    @Test
    void search_path_that_was_reset_is_fixed() {
        master.execute("""
                alter function pglambda.invoke(text, jsonb, jsonb) reset search_path;
                alter function public.process_data(jsonb) set search_path = public""");
        repair("search_path of functions", "not fixed: pglambda.invoke(text,jsonb,jsonb), public.process_data(jsonb)");
        assertThat(failing()).isEmpty();
    }

    @Test
    void table_of_another_owner_is_given_back() {
        master.execute("alter table pglambda.functions owner to master");
        repair("owner of the bundle", "table pglambda.functions is owned by master");
        assertThat(failing()).isEmpty();
    }

    /** If pglambda_owner took the function over, its code would run with the right to call aws_lambda. */
    @Test
    void function_that_somebody_else_owns_is_dropped_and_installed_again() {
        master.execute("""
                grant create on schema pglambda_private to master;
                alter function pglambda_private.max_bytes() owner to master;
                revoke create on schema pglambda_private from master""");
        repair("owner of the bundle", "routine pglambda_private.max_bytes() is owned by master");
        repair("functions of the bundle", "pglambda_private.max_bytes() is missing");
        assertThat(failing()).isEmpty();
    }

    @Test
    void function_that_a_call_of_a_wrapper_could_mean_is_dropped() {
        master.execute("create function public.process_data(text) returns text language sql as 'select $1'");
        repair("owner of the bundle", "routine public.process_data(text) is owned by master");
        assertThat(failing()).isEmpty();
    }

    @Test
    void function_that_was_changed_or_dropped_is_installed_again() {
        master.execute("""
                drop function public.transform_data(jsonb);
                set role pglambda_owner;
                create or replace function pglambda_private.max_bytes() returns integer language sql immutable
                    set search_path = pg_catalog, pg_temp as 'select 7'""");
        master.execute("reset role");
        repair(
                "functions of the bundle",
                "pglambda_private.max_bytes() was changed, transform_data(data jsonb) is missing");
        assertThat(failing()).isEmpty();
    }

    /** Tries each wrapper: otherwise nobody would notice that one is not checked. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "process_data(data jsonb)",
                "process_data_batch(items jsonb[])",
                "process_data_async(data jsonb)",
                "transform_data(data jsonb)",
                "transform_data(data jsonb, expression text, bindings jsonb)",
                "transform_data_batch(items jsonb[])",
                "transform_data_batch(items jsonb[], expression text, bindings jsonb)",
                "transform_data_async(data jsonb)",
                "validate_data(data jsonb)",
                "validate_data(data jsonb, schema jsonb)",
                "validate_data_batch(items jsonb[])",
                "validate_data_batch(items jsonb[], schema jsonb)",
                "validate_data_async(data jsonb)",
                "is_valid(data jsonb, schema jsonb)",
            })
    void owner_and_body_of_each_wrapper_are_checked(String wrapper) {
        String name = "public." + wrapper.replaceAll("(data|items|expression|bindings|schema) ", "");
        try (Sql superuser = database.asSuperuser()) {
            superuser.execute("alter function " + name + " owner to master");
            assertThat(finding("owner of the bundle").detail())
                    .isEqualTo("routine %s is owned by master".formatted(name.replace(", ", ",")));
            assertThat(finding("functions of the bundle").detail()).isEqualTo(wrapper + " is missing");
            superuser.execute("alter function " + name + " owner to pglambda_owner");
            assertThat(failing()).isEmpty();
            superuser.execute("update pg_proc set prosrc = ' begin end ' where oid = '" + name + "'::regprocedure");
            assertThat(finding("functions of the bundle").detail()).isEqualTo(wrapper + " was changed");
            superuser.execute("drop function " + name);
        }
        assertThat(finding("functions of the bundle").detail()).isEqualTo(wrapper + " is missing");
    }

    @Test
    void function_that_no_call_of_a_wrapper_can_mean_is_left_alone() {
        master.execute("create function public.is_valid(text) returns boolean language sql as 'select true'");
        assertThat(failing()).isEmpty();
        master.execute("create function public.is_valid(text, text) returns boolean language sql as 'select true'");
        repair("owner of the bundle", "routine public.is_valid(text,text) is owned by master");
        assertThat(failing()).isEmpty();
    }

    @Test
    void moved_wrappers_count_as_installed() {
        master.execute("create schema app; alter function public.process_data(jsonb) set schema app");
        assertThat(failing()).isEmpty();
    }
}
