package dev.pglambda.bundle.install;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.pglambda.bundle.BundleException;
import dev.pglambda.bundle.InstallSettings;
import dev.pglambda.bundle.SqlBundle;
import dev.pglambda.bundle.kit.BundleServer;
import dev.pglambda.bundle.kit.Catalog;
import dev.pglambda.bundle.kit.Psql;
import dev.pglambda.bundle.kit.ShippedFunctions;
import dev.pglambda.bundle.kit.Sql;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The schema of the wrappers. */
class InstallSchemaTest {

    private BundleServer database;
    private Sql master;

    @BeforeEach
    void connect() {
        database = BundleServer.empty();
        master = database.as("master");
        master.execute("create schema app");
    }

    @AfterEach
    void disconnect() {
        database.drop();
    }

    @Test
    void wrappers_go_to_the_chosen_schema_and_stay_there() {
        install("app");
        assertThat(wrapperSchemas()).containsExactly("app");
        assertThat(master.value("select has_schema_privilege('pglambda_invoker', 'app', 'usage')::text"))
                .isEqualTo("true");
        List<String> installed = Catalog.everything(master);

        SqlBundle.install(master.connection());
        assertThat(Catalog.everything(master)).isEqualTo(installed);

        BundleException moved =
                catchThrowableOfType(BundleException.class, () -> SqlBundle.install(master.connection(), "public"));
        assertThat(moved.sqlState()).isEqualTo("55000");
        assertThat(moved)
                .hasMessageContaining("the wrappers are in schema app and are not moved to public")
                .hasMessageContaining("alter function app.process_data(jsonb) set schema public;")
                .hasMessageContaining("alter function app.is_valid(jsonb,jsonb) set schema public;");
        assertThat(Catalog.everything(master)).isEqualTo(installed);
    }

    @Test
    void chosen_schema_is_remembered_without_any_wrapper() {
        SqlBundle.install(master.connection(), "app");
        master.execute("select pglambda.register('process', 'process')");
        assertThat(master.values("select pglambda.define('price(a int) returns int', 'process')::text"))
                .containsExactly("app.price(integer)");
        try (Sql operator = database.as("operator")) {
            assertThat(operator.values("select pglambda.define('cost(a int) returns int', 'process')::text"))
                    .as("the installer has named the schema for wrappers")
                    .containsExactly("app.cost(integer)");
        }
        SqlBundle.install(master.connection());
        assertThat(wrapperSchemas()).containsExactly("app");
    }

    @Test
    void schema_can_change_as_long_as_there_is_no_wrapper() {
        SqlBundle.install(master.connection(), "app");
        install("public");
        assertThat(wrapperSchemas()).containsExactly("public");
    }

    @Test
    void installation_follows_wrappers_that_were_moved() {
        install("public");
        for (String function : master.values("select p.oid::regprocedure::text from pg_proc p"
                + " where p.pronamespace = 'public'::regnamespace and p.proowner = 'pglambda_owner'::regrole")) {
            master.execute("alter function " + function + " set schema app");
        }
        SqlBundle.install(master.connection());
        assertThat(wrapperSchemas()).containsExactly("app");
    }

    @Test
    void psql_takes_the_schema_from_a_setting() {
        master.execute("create schema \"my App\"");
        Psql psql = Psql.install(
                database,
                Map.of("PGOPTIONS", "-c pglambda.install_schema=my\\ App -c pglambda.install_wrappers=process"));
        assertThat(psql).isEqualTo(new Psql(0, ""));
        assertThat(Psql.install(database)).isEqualTo(new Psql(0, ""));
        assertThat(wrapperSchemas()).containsExactly("my App");
    }

    @Test
    void schema_that_does_not_exist_is_refused() {
        BundleException failure =
                catchThrowableOfType(BundleException.class, () -> SqlBundle.install(master.connection(), "it's"));
        assertThat(failure.sqlState()).isEqualTo("3F000");
        assertThat(failure).hasMessageContaining("create schema \"it's\";");
    }

    @Test
    void schema_that_the_installer_may_not_grant_is_refused_with_the_grants() {
        try (Sql superuser = database.asSuperuser()) {
            superuser.execute("create schema closed");
        }
        BundleException failure =
                catchThrowableOfType(BundleException.class, () -> SqlBundle.install(master.connection(), "closed"));
        assertThat(failure.sqlState()).isEqualTo("42501");
        assertThat(failure)
                .hasMessageContaining("role master may not grant rights on schema closed")
                .hasMessageContaining("grant usage, create on schema closed to pglambda_owner;");
        try (Sql superuser = database.asSuperuser()) {
            superuser.execute("grant usage, create on schema closed to pglambda_owner;"
                    + " grant usage on schema closed to pglambda_invoker");
        }
        install("closed");
        assertThat(wrapperSchemas()).containsExactly("closed");
    }

    private void install(String schema) {
        SqlBundle.install(
                master.connection(),
                new InstallSettings(Optional.of(schema), ShippedFunctions.NAMES),
                SqlBundle.Completion.NOTHING);
    }

    private List<String> wrapperSchemas() {
        return master.values(
                "select distinct n.nspname::text from pg_proc p join pg_namespace n on n.oid = p.pronamespace"
                        + " where p.proname ~ '^((process|transform|validate)_data(_batch|_async)?|is_valid)$'");
    }
}
