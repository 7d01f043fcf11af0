package dev.pglambda.bundle.install;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pglambda.bundle.SqlBundle;
import dev.pglambda.bundle.kit.Catalog;
import dev.pglambda.bundle.kit.ShippedFunctions;
import dev.pglambda.bundle.kit.Sql;
import dev.pglambda.local.postgres.LocalPostgres;
import java.sql.Connection;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Roles belong to the whole server, so these tests use a server on which the bundle was never installed. */
class FirstInstallTest {

    @Test
    void several_databases_share_the_roles_and_the_last_removal_drops_them() throws Exception {
        List<String> databases = List.of("one", "two", "three", "four");
        ExecutorService pool = Executors.newFixedThreadPool(databases.size());
        try (LocalPostgres postgres = LocalPostgres.start()) {
            for (String database : databases) {
                postgres.createDatabase(database, "template0");
            }
            List<Future<?>> installers = databases.stream()
                    .<Future<?>>map(database -> pool.submit(() -> install(postgres, database)))
                    .toList();
            for (Future<?> installer : installers) {
                installer.get();
            }
            for (String database : databases) {
                try (Sql session = new Sql(postgres.connectAsMaster(database))) {
                    assertThat(Catalog.surface(session)).isEqualTo(Catalog.installedWithWrappers());
                }
            }
            for (String database : databases) {
                assertThat(roles(postgres)).hasSize(5);
                try (Connection master = postgres.connectAsMaster(database)) {
                    SqlBundle.uninstall(master);
                }
            }
            assertThat(roles(postgres)).isEmpty();
        } finally {
            pool.shutdownNow();
        }
    }

    private static List<String> roles(LocalPostgres postgres) throws Exception {
        try (Sql session = new Sql(postgres.connectAsMaster("postgres"))) {
            return session.values("select rolname::text from pg_roles where rolname like 'pglambda\\_%'");
        }
    }

    private static Void install(LocalPostgres postgres, String database) throws Exception {
        try (Connection master = postgres.connectAsMaster(database)) {
            ShippedFunctions.install(master);
        }
        return null;
    }
}
