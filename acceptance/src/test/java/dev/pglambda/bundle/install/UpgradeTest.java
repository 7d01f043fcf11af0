package dev.pglambda.bundle.install;

import static dev.pglambda.bundle.kit.BundleServer.LAMBDA;
import static dev.pglambda.bundle.kit.Sql.errorOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.pglambda.bundle.BundleException;
import dev.pglambda.bundle.SqlBundle;
import dev.pglambda.bundle.kit.BundleServer;
import dev.pglambda.bundle.kit.FakeLambda;
import dev.pglambda.bundle.kit.NextVersion;
import dev.pglambda.bundle.kit.Psql;
import dev.pglambda.bundle.kit.Sql;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An installation over another version, with nobody in the way. */
class UpgradeTest {

    private static final Psql WELL = new Psql(0, "");
    private static final String VERSIONS_OF_ROWS = """
            select string_agg(x.id || ' ' || x.xmin, ',' order by x.id)
              from (select 'proc ' || p.oid, p.xmin::text from pg_proc p where p.proowner = 'pglambda_owner'::regrole
                    union all select 'class ' || c.oid, c.xmin::text from pg_class c
                               where c.relowner = 'pglambda_owner'::regrole
                    union all select 'namespace ' || n.oid, n.xmin::text from pg_namespace n
                    union all select 'role ' || r.oid, r.xmin::text from pg_authid r
                    union all select 'acl ' || d.oid, d.xmin::text from pg_default_acl d
                    union all select 'comment ' || d.objoid || d.objsubid, d.xmin::text from pg_description d
                    union all select 'step ' || s.name, s.xmin::text from pglambda_private.steps s
                    union all select 'installation', i.xmin::text from pglambda_private.installation i
                    union all select 'routine ' || i.routine, i.xmin::text from pglambda_private.installed_routines i
                   ) x (id, xmin)
            """;

    @TempDir
    private Path folder;

    private BundleServer database;
    private Sql master;

    @BeforeEach
    void connect() {
        database = BundleServer.cloned();
        master = database.as("master");
        LAMBDA.does(request -> FakeLambda.reply(
                request.contains("\"batch\"") ? "{\"results\": [{\"result\": 1}]}" : "{\"result\": 1}"));
    }

    @AfterEach
    void disconnect() {
        database.drop();
    }

    @Test
    void installation_of_what_is_there_writes_nothing() {
        try (Sql superuser = database.asSuperuser()) {
            String before = superuser.value(VERSIONS_OF_ROWS);
            assertThat(Psql.install(database)).isEqualTo(WELL);
            assertThat(superuser.value(VERSIONS_OF_ROWS)).isEqualTo(before);
            SqlBundle.install(master.connection());
            assertThat(superuser.value(VERSIONS_OF_ROWS)).isEqualTo(before);
            assertThat(new NextVersion(folder).install(database)).isEqualTo(WELL);
            assertThat(superuser.value(VERSIONS_OF_ROWS)).isNotEqualTo(before);
        }
    }

    @Test
    void step_runs_once_and_is_recorded() {
        NextVersion next = new NextVersion(folder).step("note", """
                do 'begin perform pglambda_private.lock_table(''pglambda.functions''); end';
                alter table pglambda.functions add column note text;""");
        assertThat(next.install(database)).isEqualTo(WELL);
        assertThat(master.value("select count(note)::text from pglambda.functions"))
                .isEqualTo("0");
        assertThat(master.values("select name from pglambda_private.steps order by applied_at, name"))
                .containsExactly("outbox", "private_tables", "processed_items", "registry", "note");
        assertThat(next.install(database)).isEqualTo(WELL);
        assertThat(master.value("select pglambda.version()")).isEqualTo(NextVersion.NUMBER);
        assertThat(master.value("select process_data('1')")).isEqualTo("1");
    }

    @Test
    void function_of_a_former_version_is_dropped_and_a_private_one_an_installation_later() {
        NextVersion next = new NextVersion(folder)
                .change("durable/purge.sql", "pglambda\\.purge\\(", "pglambda.purge_old(")
                .rename("pglambda_private.busy", "pglambda_private.no_place");
        assertThat(next.install(database)).isEqualTo(WELL);
        assertThat(routines("purge|purge_old|busy|no_place"))
                .as("calls that run during the upgrade may still need pglambda_private.busy")
                .containsExactly(
                        "pglambda.purge_old(interval)",
                        "pglambda_private.busy(pglambda.functions,integer)",
                        "pglambda_private.no_place(pglambda.functions,integer)");
        assertThat(next.install(database)).isEqualTo(WELL);
        assertThat(routines("busy|no_place")).containsExactly("pglambda_private.no_place(pglambda.functions,integer)");
        try (Sql superuser = database.asSuperuser()) {
            String before = superuser.value(VERSIONS_OF_ROWS);
            assertThat(next.install(database)).isEqualTo(WELL);
            assertThat(superuser.value(VERSIONS_OF_ROWS)).isEqualTo(before);
        }
    }

    @Test
    void function_that_a_view_of_a_user_needs_stops_the_upgrade() {
        master.execute("create view public.versions as select pglambda.version()");
        Psql failed = new NextVersion(folder)
                .change("check/installation.sql", "pglambda\\.version\\(\\)", "pglambda.number()")
                .install(database);
        assertThat(failed.exitCode()).isNotZero();
        assertThat(failed.output())
                .contains("pglambda.version() does not exist in version 9.0.0, and something depends on it")
                .contains("HINT:  Drop or change what depends on it, and install again.");
        assertThat(master.value("select pglambda.version()")).isEqualTo(SqlBundle.version());
    }

    @Test
    void older_library_and_older_files_are_refused_over_a_newer_bundle() {
        assertThat(new NextVersion(folder).install(database)).isEqualTo(WELL);
        BundleException refused =
                catchThrowableOfType(BundleException.class, () -> SqlBundle.install(master.connection()));
        assertThat(refused.sqlState()).isEqualTo("55000");
        assertThat(refused)
                .hasMessageContaining(
                        "this database has version 9.0.0 of the bundle, and this is version " + SqlBundle.version())
                .hasMessageContaining("Install version 9.0.0 or newer.");
        assertThat(Psql.install(database).output()).contains("this database has version 9.0.0 of the bundle");
        assertThat(master.value("select pglambda.version()")).isEqualTo(NextVersion.NUMBER);
    }

    @Test
    void transaction_that_has_enqueued_does_not_hold_up_an_upgrade_that_leaves_the_outbox_alone() {
        try (Sql open = database.as("app");
                Sql other = database.as("app")) {
            open.execute("begin; select process_data_async('1')");
            other.execute("set lock_timeout = '1s'");
            assertThat(Psql.install(database)).isEqualTo(WELL);
            assertThat(new NextVersion(folder).install(database)).isEqualTo(WELL);
            other.execute("select process_data_async('2')");
            open.execute("commit");
        }
        assertThat(master.value("select count(*)::text from pglambda.outbox")).isEqualTo("2");
    }

    @Test
    void upgrade_that_changes_the_outbox_gives_way_to_a_transaction_that_has_enqueued() throws Exception {
        NextVersion next = new NextVersion(folder).step("priority", """
                do 'begin perform pglambda_private.lock_table(''pglambda.outbox''); end';
                alter table pglambda.outbox add column priority smallint;""");
        try (Sql open = database.as("app");
                Sql other = database.as("app")) {
            open.execute("begin; select process_data_async('1')");
            String pid = open.value("select pg_backend_pid()::text");
            try (LoadOfSessions load = new LoadOfSessions(database, 2)) {
                Psql failed = next.install(database);
                assertThat(failed.exitCode()).isNotZero();
                assertThat(failed.output())
                        .contains(
                                "the installation changes table pglambda.outbox, and other sessions do not release it")
                        .contains("DETAIL:  They are the sessions ")
                        .contains(pid)
                        .contains("HINT:  Nothing was changed. End their transactions");
                load.stop();
                assertThat(load.longest()).isLessThan(Duration.ofSeconds(1));
                assertThat(load.failures()).isEmpty();
            }
            open.execute("rollback");
            assertThat(master.value("select pglambda.version()")).isEqualTo(SqlBundle.version());
            assertThat(next.install(database)).isEqualTo(WELL);
            other.execute("select process_data_async('2')");
        }
    }

    @Test
    void sessions_that_call_and_enqueue_notice_no_upgrade() throws Exception {
        NextVersion next = new NextVersion(folder)
                .rename("pglambda_private.send", "pglambda_private.send_request")
                .rename("pglambda_private.busy", "pglambda_private.no_place")
                .step("note", """
                        do 'begin perform pglambda_private.lock_table(''pglambda.functions''); end';
                        alter table pglambda.functions add column note text;
                        do 'begin perform pglambda_private.lock_table(''pglambda.outbox''); end';
                        alter table pglambda.outbox add column priority smallint;""");
        master.execute("select pglambda.register('transform', max_concurrency => 2)");
        try (LoadOfSessions load = new LoadOfSessions(database, 4)) {
            load.awaitCalls(50);
            assertThat(next.install(database)).isEqualTo(WELL);
            load.awaitCalls(50);
            assertThat(next.install(database)).isEqualTo(WELL);
            load.awaitCalls(50);
            load.stop();
            assertThat(load.failures()).isEmpty();
            assertThat(load.longest()).isLessThan(Duration.ofSeconds(1));
        }
        assertThat(master.value("select pglambda.version()")).isEqualTo(NextVersion.NUMBER);
        assertThat(routines("send|send_request|busy|no_place")).hasSize(2);
    }

    @Test
    void typed_wrappers_and_settings_of_operators_stay() {
        master.execute("select pglambda.define('price(value text) returns integer', 'process');"
                + "select pglambda.register('process', timeout_ms => 700), pglambda.disable('validate')");
        assertThat(new NextVersion(folder).install(database)).isEqualTo(WELL);
        assertThat(master.value("select price('x')::text")).isEqualTo("1");
        assertThat(master.values("select concat_ws(' ', name, timeout_ms, enabled) from pglambda.functions order by 1"))
                .containsExactly("process 700 t", "transform t", "validate f");
        assertThat(errorOf(() -> master.value("select validate_data('1')")).sqlState())
                .isEqualTo("39000");
    }

    private List<String> routines(String names) {
        return master.values(
                "select p.oid::regprocedure::text from pg_proc p"
                        + " where p.proname ~ ? and p.pronamespace::regnamespace::text ~ '^pglambda' order by 1",
                "^(" + names + ")$");
    }
}
