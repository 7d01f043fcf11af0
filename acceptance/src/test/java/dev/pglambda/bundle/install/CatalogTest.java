package dev.pglambda.bundle.install;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pglambda.bundle.kit.BundleServer;
import dev.pglambda.bundle.kit.Sql;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Rules for everything that the bundle installs, read from the catalog. */
class CatalogTest {

    private static final String OURS =
            " from pg_proc p where (p.pronamespace::regnamespace::text ~ '^pglambda' or p.proowner = 'pglambda_owner'::regrole)";

    private static BundleServer database;
    private static Sql session;

    @BeforeAll
    static void connect() {
        database = BundleServer.cloned();
        try (Sql operator = database.as("operator")) {
            operator.execute(
                    "select pglambda.define('f(a int) returns table (b int, c text)', 'process', batch => true)");
        }
        session = database.asSuperuser();
    }

    @AfterAll
    static void disconnect() {
        database.drop();
    }

    /** A run for a version of PostgreSQL runs on that version. */
    @Test
    void server_has_the_version_that_the_build_asked_for() {
        assertThat(session.value("select current_setting('server_version_num')::integer / 10000"))
                .isEqualTo(System.getProperty("pglambda.postgres"));
    }

    /** People read {@code \\df pglambda.*}. */
    @Test
    void schema_pglambda_has_what_people_call_and_nothing_else() {
        assertThat(session.values("select distinct p.proname::text collate \"C\" from pg_proc p"
                        + " where p.pronamespace = 'pglambda'::regnamespace order by 1"))
                .containsExactly(
                        "check",
                        "define",
                        "deliver",
                        "disable",
                        "enable",
                        "enqueue",
                        "enqueue_row",
                        "invoke",
                        "invoke_batch",
                        "purge",
                        "register",
                        "retry",
                        "undefine",
                        "unregister",
                        "version");
        assertThat(session.values("select c.relname::text collate \"C\" from pg_class c"
                        + " where c.relnamespace = 'pglambda'::regnamespace and c.relkind in ('r', 'v') order by 1"))
                .containsExactly("functions", "outbox", "outbox_status", "processed_items", "wrappers");
    }

    /**
     * With one exception: a procedure that commits can have neither SET nor SECURITY DEFINER. So pglambda.deliver sets the
     * path itself in each transaction, and has the rights of its caller; HostileSessionTest tries it.
     */
    @Test
    void every_function_pins_its_search_path() {
        assertThat(session.values("select p.oid::regprocedure::text" + OURS
                        + " and p.proconfig[1] is distinct from 'search_path=pg_catalog, pg_temp'"))
                .containsExactly("pglambda.deliver(integer,interval,interval)");
    }

    @Test
    void only_procedures_commit_and_they_have_the_rights_of_their_callers() {
        assertThat(session.values("select p.oid::regprocedure::text" + OURS
                        + " and p.prokind = 'p' and (p.prosecdef or p.proconfig is not null)"))
                .isEmpty();
    }

    @Test
    void nothing_is_open_to_public() {
        assertThat(session.values("select p.oid::regprocedure::text" + OURS
                        + " and exists (select from aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a"
                        + " where a.grantee = 0)"))
                .isEmpty();
        assertThat(session.values("select c.oid::regclass::text from pg_class c, aclexplode(c.relacl) a"
                        + " where c.relnamespace::regnamespace::text ~ '^pglambda' and a.grantee = 0"))
                .isEmpty();
        assertThat(
                        session.values(
                                "select nspname::text from pg_namespace n, aclexplode(n.nspacl) a"
                                        + " where nspname in ('pglambda', 'pglambda_private', 'aws_lambda', 'aws_commons') and a.grantee = 0"))
                .isEmpty();
    }

    @Test
    void function_that_the_owner_creates_later_is_closed_too() {
        session.execute("set role pglambda_owner");
        session.execute("create function pglambda.later() returns integer language sql as 'select 1'");
        session.execute("reset role");
        assertThat(session.value("select has_function_privilege('stranger', 'pglambda.later()', 'execute')::text"))
                .isEqualTo("false");
        session.execute("drop function pglambda.later()");
    }

    @Test
    void every_object_has_a_comment() {
        assertThat(session.values("""
                        select o.what
                          from (
                              select p.oid::regprocedure::text, obj_description(p.oid, 'pg_proc')
                                from pg_proc p
                               where p.pronamespace::regnamespace::text ~ '^pglambda' or p.proowner = 'pglambda_owner'::regrole
                              union all
                              select c.oid::regclass::text, obj_description(c.oid, 'pg_class')
                                from pg_class c
                               where c.relnamespace::regnamespace::text ~ '^pglambda' and c.relkind not in ('i', 't')
                              union all
                              select a.attrelid::regclass::text || '.' || a.attname, col_description(a.attrelid, a.attnum)
                                from pg_attribute a
                                join pg_class c on c.oid = a.attrelid and c.relkind in ('r', 'v', 'm', 'p', 'c')
                               where c.relnamespace::regnamespace::text ~ '^pglambda' and a.attnum > 0 and not a.attisdropped
                              union all
                              select k.conname, obj_description(k.oid, 'pg_constraint')
                                from pg_constraint k
                               where k.connamespace::regnamespace::text ~ '^pglambda' and k.contype <> 'n'
                              union all
                              select t.typname, obj_description(t.oid, 'pg_type')
                                from pg_type t
                               where t.typnamespace::regnamespace::text ~ '^pglambda' and t.typtype in ('e', 'd', 'r')
                              union all
                              select r.rolname, shobj_description(r.oid, 'pg_authid')
                                from pg_roles r
                               where r.rolname like 'pglambda\\_%'
                              union all
                              select n.nspname, obj_description(n.oid, 'pg_namespace')
                                from pg_namespace n
                               where n.nspname in ('pglambda', 'pglambda_private')
                          ) as o (what, words)
                         where o.words is null
                        """)).isEmpty();
    }

    @Test
    void nobody_can_log_in_as_our_roles() {
        assertThat(session.values("select rolname::text from pg_roles"
                        + " where rolname in ('pglambda_owner', 'pglambda_invoker', 'pglambda_operator', 'pglambda_process',"
                        + " 'pglambda_deliverer')"
                        + " and not rolcanlogin and not rolsuper and not rolcreaterole and not rolcreatedb"))
                .hasSize(5);
    }

    @Test
    void only_the_owner_was_given_aws_lambda() {
        assertThat(session.values(
                        "select r.rolname::text from pg_roles r where rolname in ('pglambda_owner', 'pglambda_invoker',"
                                + " 'pglambda_operator', 'pglambda_process', 'pglambda_deliverer', 'app', 'operator',"
                                + " 'stranger')"
                                + " and has_schema_privilege(r.oid, 'aws_lambda', 'usage')"))
                .containsExactly("pglambda_owner");
    }
}
