package dev.pglambda.bundle.install;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.pglambda.bundle.BundleException;
import dev.pglambda.bundle.InstallSettings;
import dev.pglambda.bundle.SqlBundle;
import dev.pglambda.bundle.kit.BundleServer;
import dev.pglambda.bundle.kit.Catalog;
import dev.pglambda.bundle.kit.Psql;
import dev.pglambda.bundle.kit.ShippedFunctions;
import dev.pglambda.bundle.kit.Sql;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The effects of an installation, by the library and by psql, once, twice and at the same time. */
class InstallTest extends InstallFixture {

    /** Writes the surface to {@code acceptance/target/installed.txt}. Copy an intended change from there. */
    @Test
    void installed_database_equals_the_committed_one() throws IOException {
        SqlBundle.install(master.connection());
        List<String> surface = Catalog.surface(master);
        Files.write(Path.of("target/installed.txt"), surface);
        assertThat(surface).isEqualTo(Catalog.installed());
    }

    /** Writes the added lines to {@code acceptance/target/wrappers.txt}. */
    @Test
    void installed_database_with_wrappers_equals_the_committed_one() throws IOException {
        ShippedFunctions.install(master.connection());
        List<String> surface = Catalog.surface(master);
        List<String> added = new ArrayList<>(surface);
        added.removeAll(Catalog.installed());
        Files.write(Path.of("target/wrappers.txt"), added);
        assertThat(surface).isEqualTo(Catalog.installedWithWrappers());
    }

    @Test
    void installer_is_no_superuser_and_owns_nothing_of_the_bundle() {
        assertThat(master.value("select rolsuper::text from pg_roles where rolname = current_user"))
                .isEqualTo("false");
        ShippedFunctions.install(master.connection());
        assertThat(master.values("select distinct proowner::regrole::text from pg_proc"
                        + " where pronamespace::regnamespace::text in ('pglambda', 'pglambda_private', 'public')"))
                .containsExactly("pglambda_owner");
    }

    @Test
    void second_installation_changes_nothing() {
        ShippedFunctions.install(master.connection());
        List<String> first = Catalog.everything(master);
        SqlBundle.install(master.connection());
        assertThat(Catalog.everything(master)).isEqualTo(first);
    }

    @Test
    void psql_and_the_library_install_the_same() {
        assertThat(Psql.installWithWrappers(database)).isEqualTo(new Psql(0, ""));
        List<String> byPsql = Catalog.everything(master);
        assertThat(Psql.install(database)).isEqualTo(new Psql(0, ""));
        assertThat(Catalog.everything(master)).isEqualTo(byPsql);
        SqlBundle.install(master.connection());
        assertThat(Catalog.everything(master)).isEqualTo(byPsql);

        BundleServer other = BundleServer.empty();
        try (Sql otherMaster = other.as("master")) {
            ShippedFunctions.install(otherMaster.connection());
            assertThat(Catalog.everything(otherMaster)).isEqualTo(byPsql);
        } finally {
            other.drop();
        }
    }

    @Test
    void version_is_that_of_the_library() {
        SqlBundle.install(master.connection());
        assertThat(master.value("select pglambda.version()")).isEqualTo(System.getProperty("pglambda.version"));
    }

    @Test
    void installation_repairs_changes_made_by_hand_and_keeps_the_registry() {
        ShippedFunctions.install(master.connection());
        List<String> installed = Catalog.everything(master);
        master.execute("""
                select pglambda.register('process', 'process', timeout_ms => 700);
                set role pglambda_owner;
                drop function pglambda.unregister(text);
                create or replace function pglambda.version() returns text language sql as $$ select 'old' $$;
                grant execute on function pglambda.version() to public;
                grant execute on function process_data(jsonb) to public, pglambda_operator;
                grant insert on pglambda.functions to pglambda_operator, pglambda_invoker;
                grant delete on pglambda.processed_items to pglambda_process;
                grant usage on schema pglambda, pglambda_private to public;
                revoke execute on function transform_data(jsonb) from pglambda_invoker;
                comment on function pglambda.invoke(text, jsonb, jsonb) is null;
                comment on function process_data(jsonb) is null;
                alter function validate_data(jsonb) security invoker cost 1;
                alter default privileges for role pglambda_owner grant execute on functions to public;
                reset role;
                """);
        assertThat(Catalog.everything(master)).isNotEqualTo(installed);
        SqlBundle.install(master.connection());
        assertThat(Catalog.everything(master)).isEqualTo(installed);
        assertThat(master.value("select timeout_ms::text from pglambda.functions"))
                .isEqualTo("700");
    }

    @Test
    void installers_at_the_same_time_wait_for_each_other() throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(5);
        try {
            List<Future<?>> installers = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                installers.add(pool.submit(() -> {
                    try (Sql session = database.as("master")) {
                        SqlBundle.install(session.connection());
                    }
                }));
            }
            installers.add(pool.submit(() -> assertThat(Psql.install(database)).isEqualTo(new Psql(0, ""))));
            for (Future<?> installer : installers) {
                installer.get();
            }
        } finally {
            pool.shutdownNow();
        }
        assertThat(Catalog.surface(master)).isEqualTo(Catalog.installed());
    }

    @Test
    void failing_completion_rolls_the_installation_back() {
        BundleException failure = catchThrowableOfType(
                BundleException.class,
                () -> SqlBundle.install(master.connection(), InstallSettings.DEFAULTS, inTransaction -> {
                    try (Statement statement = inTransaction.createStatement()) {
                        statement.execute("select pglambda.register('one', 'one')");
                        statement.execute("select pglambda.register('two words', 'two')");
                    }
                }));
        assertThat(failure.sqlState()).isEqualTo("22023");
        assertThat(failure).hasMessageContaining("could not be completed").hasMessageContaining("'two words'");
        assertThat(master.values("select 1::text from pg_namespace where nspname ~ '^pglambda'"))
                .isEmpty();
    }

    @Test
    void transaction_of_the_caller_is_refused_and_untouched() throws Exception {
        master.connection().setAutoCommit(false);
        master.execute("create table mine (a integer)");
        assertThatThrownBy(() -> SqlBundle.install(master.connection()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("setAutoCommit(true)");
        assertThat(master.value("select count(*)::text from mine")).isEqualTo("0");
        master.connection().rollback();
    }

    @Test
    void installation_leaves_the_session_as_it_was() throws Exception {
        master.execute("set search_path = pg_catalog");
        ShippedFunctions.install(master.connection());
        assertThat(master.connection().getAutoCommit()).isTrue();
        assertThat(master.value("select current_user::text")).isEqualTo("master");
        assertThat(master.value("show search_path")).isEqualTo("pg_catalog");
        assertThat(master.value("show client_min_messages")).isEqualTo("notice");
        for (String setting : List.of("install_schema", "install_wrappers", "installer", "installing", "library")) {
            assertThat(master.value("select coalesce(current_setting('pglambda." + setting + "', true), '')"))
                    .isEmpty();
        }
    }

    @Test
    void hash_is_the_same_every_time() {
        assertThat(IntStream.range(0, 3).mapToObj(i -> SqlBundle.hash()).distinct())
                .hasSize(1);
    }
}
