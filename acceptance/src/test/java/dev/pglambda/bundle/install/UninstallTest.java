package dev.pglambda.bundle.install;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.pglambda.bundle.BundleException;
import dev.pglambda.bundle.SqlBundle;
import dev.pglambda.bundle.kit.Catalog;
import dev.pglambda.bundle.kit.Psql;
import dev.pglambda.bundle.kit.ShippedFunctions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Removing the bundle, and what depends on it. */
class UninstallTest extends InstallFixture {

    /** Rights on schema public, and default rights for new objects. */
    private static final String GRANTS = """
            select format('%s %s', n.nspname, a) from pg_namespace n, unnest(n.nspacl) a where n.nspname = 'public'
            union all
            select format('default %s', d.defaclacl) from pg_default_acl d
            order by 1""";

    @Test
    void removed_bundle_leaves_the_extension_and_the_roles_that_other_databases_need() {
        List<String> before = master.values(GRANTS);
        SqlBundle.uninstall(master.connection());
        ShippedFunctions.install(master.connection());
        master.execute("select pglambda.register('process', 'process')");
        master.execute("select pglambda.define('price(a int) returns int', 'process', batch => true)");
        SqlBundle.uninstall(master.connection());
        assertThat(master.values("select proname::text from pg_proc p"
                        + " where p.pronamespace = 'public'::regnamespace or p.proowner = 'pglambda_owner'::regrole"))
                .isEmpty();
        assertThat(master.values("select nspname::text from pg_namespace where nspname ~ '^pglambda'"))
                .isEmpty();
        assertThat(master.values(GRANTS)).isEqualTo(before);
        assertThat(master.values("select extname::text from pg_extension where extname = 'aws_lambda'"))
                .hasSize(1);
        // The template's bundle on this server keeps them.
        assertThat(master.values("select rolname::text from pg_roles where rolname = 'pglambda_owner'"))
                .hasSize(1);
        assertThat(Psql.run(database, Map.of(), "-v", "ON_ERROR_STOP=1", "-1", "-f", Psql.UNINSTALL_SQL))
                .isEqualTo(new Psql(0, ""));
        SqlBundle.install(master.connection());
        assertThat(Catalog.surface(master)).isEqualTo(Catalog.installed());
    }

    @Test
    void role_without_the_mark_is_not_dropped() {
        try {
            master.execute("create role pglambda_nightly");
            SqlBundle.install(master.connection());
            SqlBundle.uninstall(master.connection());
            assertThat(master.values("select rolname::text from pg_roles where rolname = 'pglambda_nightly'"))
                    .hasSize(1);
        } finally {
            master.execute("drop role pglambda_nightly");
        }
    }

    @Test
    void bundle_that_something_depends_on_is_not_removed() {
        ShippedFunctions.install(master.connection());
        List<String> installed = Catalog.everything(master);
        master.execute("create view calls as select process_data('1')");
        BundleException failure = failure();
        assertThat(failure.sqlState()).isEqualTo("2BP01");
        assertThat(failure).hasMessageContaining("sql/uninstall.sql").hasMessageContaining("view public.calls");
        assertThat(Catalog.everything(master)).isEqualTo(installed);
    }

    @Test
    void typed_wrapper_that_something_depends_on_is_not_removed() {
        SqlBundle.install(master.connection());
        master.execute("select pglambda.register('price', 'price')");
        master.execute("select pglambda.define('price(a int) returns int', 'price')");
        master.execute("create view prices as select price(1)");
        BundleException failure = failure();
        assertThat(failure.sqlState()).isEqualTo("2BP01");
        assertThat(failure).hasMessageContaining("view public.prices");
        assertThat(master.values("select name from pglambda.wrappers")).containsExactly("price");
    }

    @Test
    void typed_wrappers_survive_an_upgrade_and_a_dump() {
        SqlBundle.install(master.connection());
        master.execute("select pglambda.register('price', 'price')");
        master.execute("select pglambda.define('price(a int, b text[]) returns int', 'price')");
        List<String> installed = Catalog.everything(master);
        SqlBundle.install(master.connection());
        assertThat(Catalog.everything(master)).isEqualTo(installed);
        // What a dump restores: the same names with other ids.
        master.execute("""
                set role pglambda_owner;
                do $$
                declare
                    definition text := pg_get_functiondef('price(int, text[])'::regprocedure);
                begin
                    drop function price(int, text[]);
                    execute definition;
                end
                $$;
                reset role""");
        master.execute("select pglambda.define('price(a int, b text[]) returns text', 'price')");
        master.execute("select pglambda.undefine('price')");
        assertThat(master.values("select proname::text from pg_proc where proname = 'price'"))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"pglambda", "pglambda_private"})
    void schema_of_somebody_else_is_not_removed(String schema) {
        master.execute("create schema " + schema);
        BundleException failure = failure();
        assertThat(failure.sqlState()).isEqualTo("42P06");
        assertThat(master.values("select nspname::text from pg_namespace where nspname ~ '^pglambda'"))
                .containsExactly(schema);
    }

    private BundleException failure() {
        return catchThrowableOfType(BundleException.class, () -> SqlBundle.uninstall(master.connection()));
    }
}
