package dev.pglambda.bundle.define;

import static dev.pglambda.bundle.kit.Sql.errorOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pglambda.bundle.kit.Sql;
import dev.pglambda.bundle.kit.SqlError;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Signatures and arguments that pglambda.define refuses. */
class SignatureTest extends DefinitionFixture {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "`` | the signature ends where a name is expected | Character 1 of: ",
                "f | the signature ends where an opening parenthesis is expected | Character 2",
                "f( | the signature ends where a type is expected | Character 3",
                "f(a int | the signature ends where a comma or a closing parenthesis is expected | Character 8",
                "f(a int) | the signature ends where returns is expected | Character 9",
                "f(a int) returns | the signature ends where a type is expected | Character 17",
                "f(a int) returns int int | the signature has int where the end is expected | Character 22",
                "f(a int); drop table x | the signature has ; where returns is expected | Character 9",
                "f(a int, int) returns int | the signature has int where the name of the argument is expected | Character 10",
                "f(out a int) returns int | the signature has out where the name of an argument (all are IN) is expected | Character 3",
                "f(variadic a int[]) returns int | the signature has variadic where | Character 3",
                "f(\"a int) returns int | the signature has \" where the name of the argument is expected | Character 3",
                "f(\"\" int) returns int | the signature has \"\" where the name of the argument is expected | Character 3",
                "f(a int[) returns int | the signature has ) where a closing bracket is expected | Character 9",
                "f(a int default now()) returns int | the signature has now where a number, a string, true, false or null is expected | Character 17",
                "f(a int) returns table () | the signature has ) where the name of the column is expected | Character 25",
                "f(a int /* b */) returns int | the signature has / where a comma or a closing parenthesis is expected | Character 9",
                "f(a int) returns int -- x | the signature has - where the end is expected | Character 22",
            })
    void malformed_signature_is_42601_with_its_position_and_an_example(String signature, String message, String place) {
        SqlError error = errorOf(() -> define(signature));
        assertThat(error.sqlState()).isEqualTo("42601");
        assertThat(error.message()).startsWith(message);
        assertThat(error.detail().orElseThrow()).startsWith(place.strip());
        assertThat(error.hint()).contains("For example: price(order_id bigint, total numeric) returns numeric");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "f(a nosuch) returns int | 42704 | type public.nosuch does not exist",
                "f(a no.such[]) returns int | 42704 | type no.such[] does not exist",
                "f(a int) returns record | 42P13 | a wrapper cannot have the type record",
                "f(a anyelement) returns int | 42P13 | a wrapper cannot have the type anyelement",
                "f(a int) returns trigger | 42P13 | a wrapper cannot have the type trigger",
                "f() returns table (a shop.line) | 42P13 | a table's only column cannot have the composite type shop.line",
                "f(a int) returns setof void | 42P13 | a wrapper cannot have the type void",
                "f(a int, a text) returns int | 42701 | the name a or the JSON member \"a\" is used twice",
                "f(a int) returns table (a int) | 42P13 | parameter name \"a\" used more than once",
                "f(a int default 'x') returns int | 22P02 | invalid input syntax for type integer: \"x\"",
                "f(a int default 1, b int) returns int | 42P13 | input parameters after one with a default",
                "nowhere.f(a int) returns int | 3F000 | schema nowhere, where the wrapper is to go, does not exist",
                "pglambda.f(a int) returns int | 42501 | schema pglambda is not one for wrappers",
                "pglambda_private.f(a int) returns int | 42501 | schema pglambda_private is not one for wrappers",
                "pg_catalog.f(a int) returns int | 42501 | schema pg_catalog is not one for wrappers",
                "pg_temp.f(a int) returns int | 3F000 | schema pg_temp, where the wrapper is to go, does not exist",
                "lower(a int) returns int | 42723 | lower(",
                "process_data(a int) returns int | 42723 | public.process_data(jsonb) exists and was not made",
                "is_valid(a int) returns int | 42723 | public.is_valid(jsonb,jsonb) exists and was not made",
            })
    void impossible_signature_is_refused_with_the_reason(String signature, String state, String message) {
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
                "'pricing', fields => '{\"a\": 7}' | 22023 | the JSON member of a cannot be named 7",
                "'pricing', fields => '{\"a\": \"\"}' | 22023 | the JSON member of a cannot be named \"\"",
                "'pricing', fields => '{\"a\": null}' | 22023 | the JSON member of a cannot be named null",
                "'pricing', grantee => 'nobody' | 42704 | there is no role nobody to be the grantee",
                "'pricing', grantee => 'public' | 42704 | there is no role public to be the grantee",
            })
    void other_wrong_arguments_are_refused_with_the_reason(String arguments, String state, String message) {
        SqlError error = errorOf(
                () -> operator.values("select pglambda.define('f(a int) returns int', " + arguments + ")::text"));
        assertThat(error.sqlState()).isEqualTo(state);
        assertThat(error.message()).startsWith(message);
    }

    @Test
    void closed_schema_is_refused_with_the_grant_it_needs() {
        master.execute("create schema closed; grant create on schema closed to operator");
        SqlError error = errorOf(() -> define("closed.f(a int) returns int"));
        assertThat(error.sqlState()).isEqualTo("42501");
        assertThat(error.hint())
                .contains("Let the owner of the schema run: grant usage, create on schema closed to pglambda_owner;");
        master.execute("grant usage, create on schema closed to pglambda_owner");
        assertThat(define("closed.f(a int) returns int")).containsExactly("closed.f(integer)");
    }

    /** Otherwise an operator could put a function in front of somebody else's. */
    @Test
    void operator_who_may_not_create_functions_in_a_schema_gets_no_wrapper_there() {
        master.execute("create schema others; grant usage, create on schema others to pglambda_owner;"
                + "revoke create on schema public from operator");
        try {
            for (String schema : List.of("others.", "public.", "")) {
                SqlError error = errorOf(() -> define(schema + "f(a int) returns int"));
                assertThat(error.sqlState()).isEqualTo("42501");
                assertThat(error.message()).startsWith("role operator may not create functions in schema ");
                assertThat(error.hint().orElseThrow()).startsWith("Name a schema where it may");
            }
            assertThat(master.values("select pglambda.define('others.f(a int) returns int', 'pricing')::text"))
                    .containsExactly("others.f(integer)");
        } finally {
            master.execute("grant create on schema public to operator");
        }
    }

    @Test
    void type_whose_owner_may_not_act_as_pglambda_owner_is_refused_at_any_depth() {
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
}
