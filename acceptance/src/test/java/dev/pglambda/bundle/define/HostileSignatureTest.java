package dev.pglambda.bundle.define;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pglambda.bundle.kit.BundleServer;
import dev.pglambda.bundle.kit.EchoedItem;
import dev.pglambda.bundle.kit.Sql;
import dev.pglambda.bundle.kit.SqlError;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Hundreds of hostile signatures from a fixed seed: each is either defined, and then returns every value that it is
 * called with, or refused with an error of ours. Nothing in them is ever executed.
 */
class HostileSignatureTest {

    private static final int SIGNATURES = 1_000;
    private static final long SEED = 20_260_102;

    /** Raw texts: some are names only when quoted, some never are. */
    private static final List<String> NAMES = List.of(
            "a",
            "order_id",
            "Größe",
            "世界",
            "UPPER",
            "two words",
            "it's",
            "a\"b",
            "\"",
            "\"\"",
            "a;b",
            "; drop table canary; --",
            "x); drop table canary; --",
            "$1",
            "$$",
            "$body$",
            "%s",
            "%1$I",
            "%",
            "\\",
            "\\'",
            "E'\\''",
            "select",
            "returns",
            "table",
            "default",
            "in",
            "null",
            "result",
            "entry",
            "i",
            "r",
            "e",
            "answer",
            "value",
            "i.*",
            "ordinality",
            "error",
            "lengths",
            "a\nb",
            "a\tb",
            " ",
            "",
            "😀",
            "x".repeat(63),
            "x".repeat(64),
            "ü".repeat(31),
            "ü".repeat(32),
            "/* */",
            "--",
            "0",
            "1a",
            "_",
            "pg_catalog",
            "pglambda.invoke",
            "public.a",
            "sqlerrm",
            "found",
            "current_user",
            "a.b",
            "[]",
            "()",
            "$1; --",
            "''");

    /** A type and some of its values, as SQL literals. */
    private static final List<List<String>> TYPES = List.of(
            List.of("integer", "0", "-2147483648"),
            List.of("bigint", "9007199254740993", "-9223372036854775808"),
            List.of(
                    "numeric",
                    "123456789012345678901234567890.123456789",
                    "-0.000000000000000000000000000001",
                    "NaN",
                    "1.500"),
            List.of("Numeric ( 12 , 3 )", "123456789.125"),
            List.of("double   precision", "0.1", "-1e300", "Infinity", "5e-324"),
            List.of("real", "3.4e38", "0.3"),
            List.of("boolean", "t", "f"),
            List.of("text", "", "it's \"x\" \\ $$ %s 😀", "a\nb"),
            List.of("character varying(9)", "abc"),
            List.of("char(5)", "abc"),
            List.of("\"char\"", "x"),
            List.of("name", "n"),
            List.of("timestamp with time zone", "2026-01-02 03:04:05.123456+00", "infinity"),
            List.of("timestamp(3) without time zone", "2026-01-02 03:04:05.123"),
            List.of("date", "4713-01-01 BC", "2026-02-28"),
            List.of("time", "03:04:05.123456"),
            List.of("time with time zone", "03:04:05+02"),
            List.of("interval", "1 mon -3 days 04:05:06.7"),
            List.of("uuid", "6f1c1a3e-6b0c-4a6e-8f5e-0123456789ab"),
            List.of("bytea", "\\x", "\\x00ff27"),
            List.of("inet", "10.0.0.1/8"),
            List.of("jsonb", "{\"a\": [1.50, null]}", "[]", "\"x\""),
            List.of("bit varying", "1010"),
            List.of("bit(3)", "101"),
            List.of("int4range", "[1,5)", "empty"),
            List.of("tstzrange", "[2026-01-02 00:00:00+00,)"),
            List.of("nummultirange", "{[1.5,2]}"),
            List.of("point", "(1.5,2)"),
            List.of("int[]", "{1,NULL,3}", "{}"),
            List.of("text[][]", "{{a,\"b,c\"},{\"\",NULL}}"),
            List.of("numeric [ ]", "{1.50,123456789012345678901234567890}"),
            List.of("public.colour", "red", "dark; blue"),
            List.of("\"public\".\"odd; type\"", "(1,\"it's\",\"{a,NULL}\")", "(,,)"),
            List.of("\"odd; type\"[]", "{\"(1,x,)\",NULL}"),
            List.of("short", "abc"),
            List.of("money", "$1,234.50"),
            List.of("regclass", "pg_class"),
            List.of("tsvector", "'a' 'b'"));

    private static final List<String> FRAGMENTS = List.of(
            "'",
            "\"",
            ";",
            "--",
            "/*",
            "*/",
            "$$",
            "$1",
            "\\",
            "(",
            ")",
            "[",
            "]",
            ",",
            ".",
            "=",
            ":",
            "::text",
            " default ",
            " returns ",
            " table ",
            "setof ",
            "0",
            "''",
            " drop table canary ",
            "); drop table canary; --",
            "\u00a0",
            "\n",
            "%s",
            " as $$ begin drop table canary; end $$",
            " security invoker",
            " or replace",
            "U&\"\\0061\"",
            "E'\\x41'",
            "😀",
            "%type");

    private static BundleServer database;
    private static Sql operator;
    private static Sql app;
    private static Sql superuser;

    private final Random random = new Random(SEED);
    private int called;
    private int refused;

    @BeforeAll
    static void connect() {
        database = BundleServer.cloned();
        operator = database.as("operator");
        app = database.as("app");
        superuser = database.asSuperuser();
        superuser.execute("""
                create table public.canary (a integer);
                insert into public.canary values (1);
                alter table public.canary owner to pglambda_owner;
                create type public.colour as enum ('red', 'dark; blue');
                create type public."odd; type" as (a bigint, "b'c" text, d text[]);
                create domain public.short as text check (length(value) < 5);
                """);
        operator.execute("select pglambda.register('echo', 'echo')");
        app.execute("set timezone = 'UTC'");
    }

    @AfterAll
    static void disconnect() {
        database.drop();
    }

    @Test
    void every_signature_is_a_round_trip_or_a_clear_error_and_injects_nothing() {
        BundleServer.LAMBDA.does(new EchoedItem());
        List<String> before = state();
        for (int n = 0; n < SIGNATURES; n++) {
            Generated generated = generate();
            if (random.nextInt(4) == 0) {
                attempt(mutated(generated.signature()), "{}");
            } else if (attempt(generated.signature(), generated.fields())) {
                generated.check();
                called++;
            }
            if (n % 50 == 49) {
                operator.execute(
                        "select pglambda.undefine(quote_ident(schema) || '.' || quote_ident(name)) from pglambda.wrappers");
                assertThat(state()).as("after signature " + n).isEqualTo(before);
            }
        }
        assertThat(called).as("signatures that were called").isGreaterThan(SIGNATURES / 4);
        assertThat(refused).as("signatures that were refused").isGreaterThan(SIGNATURES / 4);
    }

    /** Whether the signature was defined. Asserts the error of one that was not. */
    private boolean attempt(String signature, String fields) {
        try {
            operator.values("select pglambda.define(?, 'echo', fields => ?::jsonb)::text", signature, fields);
            return true;
        } catch (SqlError e) {
            assertThat(e.sqlState())
                    .as(signature + "\n" + e.getMessage())
                    .isIn("42601", "42701", "42622", "42704", "42723", "22023", "3F000", "42P13", "42501", "22P02");
            assertThat(e.message()).isNotBlank();
            if (Set.of("42601", "42704", "42622").contains(e.sqlState())) {
                assertThat(e.getMessage()).contains(e.sqlState().equals("42622") ? "63" : "haracter");
            }
            refused++;
            return false;
        }
    }

    private String mutated(String signature) {
        StringBuilder mutated = new StringBuilder(signature);
        for (int i = random.nextInt(3); i >= 0; i--) {
            int at = random.nextInt(mutated.length() + 1);
            if (random.nextBoolean() || at == mutated.length()) {
                mutated.insert(at, pick(FRAGMENTS));
            } else {
                mutated.delete(at, Math.min(mutated.length(), at + 1 + random.nextInt(3)));
            }
        }
        return mutated.toString();
    }

    /** A function whose columns are the fields of its arguments: it must return its arguments. */
    private final class Generated {
        private final String function = pick(NAMES);
        private final List<String> names = new ArrayList<>();
        private final List<List<String>> types = new ArrayList<>();
        private final boolean quoted = random.nextInt(8) > 0;

        String signature() {
            String arguments = IntStream.range(0, names.size())
                    .mapToObj(i -> name(names.get(i)) + " " + types.get(i).get(0))
                    .collect(Collectors.joining(", "));
            String columns = IntStream.range(0, names.size())
                    .mapToObj(i -> "column_" + i + " " + types.get(i).get(0))
                    .collect(Collectors.joining(","));
            return "public." + name(function) + "(" + arguments + ") Returns table(" + columns + ")";
        }

        String fields() {
            return operator.value(
                    "select jsonb_object_agg('column_' || (n - 1), name)::text from unnest(?::text[]) with ordinality u (name, n)",
                    (Object) names.stream().map(this::jsonName).toArray(String[]::new));
        }

        void check() {
            List<String> values = types.stream()
                    .map(type -> random.nextInt(6) == 0 ? null : type.get(1 + random.nextInt(type.size() - 1)))
                    .toList();
            String arguments = IntStream.range(0, names.size())
                    .mapToObj(i -> "?::" + types.get(i).get(0))
                    .collect(Collectors.joining(", "));
            String same = IntStream.range(0, names.size())
                    .mapToObj(i -> "column_%d::text is not distinct from (?::%s)::text"
                            .formatted(i, types.get(i).get(0)))
                    .collect(Collectors.joining(" and "));
            List<Object> parameters = new ArrayList<>(values);
            parameters.addAll(values);
            // The columns come first in the text, and so do their values.
            String sql = "select (" + same + ")::text from public." + sqlName(function) + "(" + arguments + ")";
            assertThat(app.values(sql, parameters.toArray()))
                    .as(signature() + " " + values)
                    .containsExactly("true");
        }

        private String name(String name) {
            return quoted ? sqlName(name) : name;
        }

        private String jsonName(String name) {
            return quoted ? name : name.toLowerCase(java.util.Locale.ROOT);
        }

        private String sqlName(String name) {
            return quoted ? "\"" + name.replace("\"", "\"\"") + "\"" : name;
        }
    }

    private Generated generate() {
        Generated generated = new Generated();
        for (int i = random.nextInt(4); i >= 0; i--) {
            generated.names.add(pick(NAMES));
            generated.types.add(pick(TYPES));
        }
        return generated;
    }

    private <T> T pick(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }

    /** What an injected statement could have changed: objects, rows, roles, rights. */
    private static List<String> state() {
        return superuser.values("""
                select 'class ' || c.oid::regclass || ' ' || coalesce(c.relacl::text, '') from pg_class c
                 where c.relnamespace not in ('pg_toast'::regnamespace) and c.oid >= 16384
                union all
                select 'function ' || p.oid::regprocedure || ' ' || coalesce(p.proacl::text, '') from pg_proc p where p.oid >= 16384
                union all
                select 'role ' || r.rolname || r.rolsuper || r.rolcreaterole || r.rolcanlogin from pg_roles r
                union all
                select 'member ' || m.roleid::regrole || m.member::regrole from pg_auth_members m
                union all
                select 'schema ' || n.nspname || coalesce(n.nspacl::text, '') from pg_namespace n where n.nspname !~ '^pg_temp|^pg_toast'
                union all
                select 'canary ' || c.a from public.canary c
                order by 1""");
    }
}
