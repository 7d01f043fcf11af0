package dev.pglambda.bundle.install;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.pglambda.bundle.BundleException;
import dev.pglambda.bundle.SqlBundle;
import dev.pglambda.bundle.kit.Catalog;
import dev.pglambda.bundle.kit.Psql;
import dev.pglambda.bundle.kit.ShippedFunctions;
import dev.pglambda.bundle.kit.Sql;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Reasons for which an installation stops before it changes anything. None is 0A000, for which pools drop a connection.
 */
class PreflightTest extends InstallFixture {

    @Test
    void psql_without_a_transaction_gets_the_right_command() {
        Psql psql = Psql.run(database, Map.of(), "-v", "ON_ERROR_STOP=1", "-f", Psql.INSTALL_SQL);
        assertThat(psql.exitCode()).isEqualTo(3);
        assertThat(psql.output())
                .contains("the bundle is installed in one transaction, and there is no transaction")
                .contains("HINT:  Run: psql -v ON_ERROR_STOP=1 -1 -f sql/install.sql");
        assertNothingIsInstalled();
    }

    @Test
    void role_that_may_not_act_as_the_owner_gets_the_grant_it_needs() {
        SqlBundle.install(master.connection());
        master.execute("drop role if exists other_installer");
        master.execute("create role other_installer login createrole createdb password 'other_installer'");
        master.execute("grant rds_superuser to other_installer");
        try (Sql other = database.as("other_installer")) {
            BundleException failure = failureOf(other);
            assertThat(failure.sqlState()).isEqualTo("42501");
            assertThat(failure)
                    .hasMessageContaining("sql/schema/roles.sql")
                    .hasMessageContaining("role other_installer may not act as pglambda_owner")
                    .hasMessageContaining("grant pglambda_owner to other_installer;");

            master.execute("grant pglambda_owner to other_installer");
            SqlBundle.install(other.connection());
            assertThat(Catalog.surface(master)).isEqualTo(Catalog.installed());
        }
    }

    @Test
    void server_without_the_extension_is_refused_with_where_it_comes_from() {
        try (Sql superuser = database.asSuperuser()) {
            // The files serve other servers too, so only this database is made not to see them.
            superuser.execute("""
                    set allow_system_table_mods = on;
                    do $$
                    begin
                        execute 'create or replace view pg_catalog.pg_available_extensions as '
                            || rtrim(pg_get_viewdef('pg_available_extensions'::regclass), ';')
                            || $sql$ where e.name <> 'aws_lambda'$sql$;
                    end
                    $$""");
        }
        BundleException failure = failureOf(master);
        assertThat(failure.sqlState()).isEqualTo("55000");
        assertThat(failure)
                .hasMessageContaining("sql/schema/begin.sql")
                .hasMessageContaining("this server has no extension aws_lambda")
                .hasMessageContaining("./run starts a server that has it");
    }

    @ParameterizedTest
    @ValueSource(strings = {"pglambda", "pglambda_private"})
    void schema_of_somebody_else_is_left_alone(String schema) {
        master.execute("create schema " + schema);
        BundleException failure = failureOf(master);
        assertThat(failure.sqlState()).isEqualTo("42P06");
        assertThat(failure)
                .hasMessageContaining("a schema " + schema + " already")
                .hasMessageContaining("belongs to master");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "pglambda_owner",
                "pglambda_invoker",
                "pglambda_operator",
                "pglambda_deliverer",
                "pglambda_process"
            })
    void role_of_somebody_else_is_refused_and_a_marked_one_accepted(String role) {
        String comment = master.value("select shobj_description(to_regrole(?), 'pg_authid')", role);
        try {
            master.execute("comment on role " + role + " is 'runs our nightly functions'");
            BundleException failure =
                    catchThrowableOfType(BundleException.class, () -> ShippedFunctions.install(master.connection()));
            assertThat(failure.sqlState()).isEqualTo("42710");
            assertThat(failure)
                    .hasMessageContaining("role " + role + " exists and is not marked as a role of the bundle")
                    .hasMessageContaining("a comment that begins with \"pglambda: \"")
                    .hasMessageContaining("Hint: ");
            assertNothingIsInstalled();
        } finally {
            master.execute("comment on role " + role + " is '" + comment + "'");
        }
        ShippedFunctions.install(master.connection());
        assertThat(Catalog.surface(master)).isEqualTo(Catalog.installedWithWrappers());
    }

    private void assertNothingIsInstalled() {
        assertThat(master.values("select 1::text from pg_namespace where nspname ~ '^pglambda'"))
                .isEmpty();
    }

    private static BundleException failureOf(Sql installer) {
        return catchThrowableOfType(BundleException.class, () -> SqlBundle.install(installer.connection()));
    }
}
