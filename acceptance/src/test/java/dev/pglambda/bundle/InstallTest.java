package dev.pglambda.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InstallTest {

    /** Who was granted what by name, and defaults for new objects. */
    private static final String GRANTS = """
            select format('%s %s', n.nspname, a) from pg_namespace n, unnest(n.nspacl) a where n.nspname = 'public'
            union all
            select format('default %s', d.defaclacl) from pg_default_acl d
            order by 1""";

    private BundleServer database;
    private Sql master;

    @BeforeEach
    void connect() {
        database = BundleServer.empty();
        master = database.as("master");
    }

    @AfterEach
    void disconnect() {
        database.drop();
    }

    /** What it finds is left in {@code acceptance/target/installed.txt}, to be looked at and, if it is meant, committed. */
    @Test
    void installed_schema_is_the_committed_one() throws IOException {
        SqlBundle.install(master.connection());
        Files.write(Path.of("target/installed.txt"), Catalog.surface(master));
        assertThat(Catalog.surface(master))
                .isEqualTo(Catalog.resource("installed.txt").lines().toList());
    }

    @Test
    void installer_is_no_superuser_and_owns_nothing_of_it() {
        assertThat(master.value("select rolsuper::text from pg_roles where rolname = current_user"))
                .isEqualTo("false");
        SqlBundle.install(master.connection());
        assertThat(master.values("select distinct proowner::regrole::text from pg_proc"
                        + " where pronamespace in ('lambda'::regnamespace, 'public'::regnamespace)"))
                .containsExactly("pglambda_owner");
    }

    @Test
    void second_installation_changes_nothing() {
        SqlBundle.install(master.connection());
        List<String> first = Catalog.everything(master);
        SqlBundle.install(master.connection());
        assertThat(Catalog.everything(master)).isEqualTo(first);
    }

    @Test
    void psql_installs_the_same_and_says_nothing() {
        assertThat(Psql.install(database)).isEqualTo(new Psql(0, ""));
        List<String> byPsql = Catalog.everything(master);
        assertThat(Psql.install(database)).isEqualTo(new Psql(0, ""));
        assertThat(Catalog.everything(master)).isEqualTo(byPsql);
        SqlBundle.install(master.connection());
        assertThat(Catalog.everything(master)).isEqualTo(byPsql);

        BundleServer other = BundleServer.empty();
        try (Sql otherMaster = other.as("master")) {
            SqlBundle.install(otherMaster.connection());
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
    void what_was_changed_by_hand_is_mended_and_the_registry_kept() {
        SqlBundle.install(master.connection());
        List<String> installed = Catalog.everything(master);
        master.execute("""
                select pglambda.register('process', 'process', timeout_ms => 700);
                set role pglambda_owner;
                drop function pglambda.unregister(text);
                create or replace function pglambda.version() returns text language sql as $$ select 'old' $$;
                grant execute on function pglambda.version() to public;
                grant execute on function process_data(jsonb) to public, pglambda_operator;
                grant insert on pglambda.functions to pglambda_operator, pglambda_invoker;
                grant usage on schema lambda to public;
                revoke execute on function transform_data(jsonb) from pglambda_invoker;
                comment on function pglambda.invoke(text, jsonb, jsonb) is null;
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
    void failing_file_is_named_and_everything_rolled_back() {
        List<SqlFile> files = new ArrayList<>(SqlFile.bundle());
        files.add(new SqlFile("950_wrong.sql", "-- fine\nselect 1;\n\ncreate table lambda.t (\n    a nonsense\n);"));
        BundleException failure = catchThrowableOfType(
                BundleException.class,
                () -> new Installation(master.connection(), Optional.empty()).run(files, SqlBundle.Completion.NOTHING));

        assertThat(failure)
                .hasMessageContaining("sql/950_wrong.sql, line 5: ERROR: type \"nonsense\" does not exist")
                .hasMessageContaining("in: create table lambda.t (");
        assertThat(failure.sqlState()).isEqualTo("42704");
        assertThat(master.values("select 1::text from pg_namespace where nspname in ('lambda', 'aws_lambda')"))
                .isEmpty();
        assertThatCode(() -> SqlBundle.install(master.connection())).doesNotThrowAnyException();
    }

    @Test
    void installers_at_the_same_moment_are_fine() throws Exception {
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
        assertThat(Catalog.surface(master))
                .isEqualTo(Catalog.resource("installed.txt").lines().toList());
    }

    @Test
    void failing_completion_rolls_the_installation_back() {
        BundleException failure = catchThrowableOfType(
                BundleException.class,
                () -> SqlBundle.install(master.connection(), Optional.empty(), inTransaction -> {
                    try (Statement statement = inTransaction.createStatement()) {
                        statement.execute("select pglambda.register('one', 'one')");
                        statement.execute("select pglambda.register('two words', 'two')");
                    }
                }));
        assertThat(failure.sqlState()).isEqualTo("22023");
        assertThat(failure).hasMessageContaining("could not be completed").hasMessageContaining("'two words'");
        assertThat(master.values("select 1::text from pg_namespace where nspname = 'lambda'"))
                .isEmpty();
    }

    @Test
    void removed_bundle_leaves_nothing_but_the_extension_and_roles_that_others_need() {
        List<String> before = master.values(GRANTS);
        SqlBundle.uninstall(master.connection());
        SqlBundle.install(master.connection());
        master.execute("select pglambda.register('process', 'process')");
        master.execute("select pglambda.define('price(a int) returns int', 'process', batch => true)");
        SqlBundle.uninstall(master.connection());
        assertThat(
                        master.values(
                                "select proname::text from pg_proc where proname ~ '^((process|transform|validate)_data|is_valid|price)'"))
                .isEmpty();
        assertThat(master.values("select 1::text from pg_namespace where nspname = 'lambda'"))
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
        assertThat(Catalog.surface(master))
                .isEqualTo(Catalog.resource("installed.txt").lines().toList());
    }

    @Test
    void bundle_that_something_depends_on_is_not_removed() {
        SqlBundle.install(master.connection());
        List<String> installed = Catalog.everything(master);
        master.execute("create view calls as select process_data('1')");
        BundleException failure =
                catchThrowableOfType(BundleException.class, () -> SqlBundle.uninstall(master.connection()));
        assertThat(failure.sqlState()).isEqualTo("2BP01");
        assertThat(failure).hasMessageContaining("sql/uninstall.sql").hasMessageContaining("view public.calls");
        assertThat(Catalog.everything(master)).isEqualTo(installed);
    }

    @Test
    void wrappers_that_were_defined_outlive_an_upgrade_and_a_dump() {
        SqlBundle.install(master.connection());
        master.execute("select pglambda.register('process', 'process')");
        master.execute("select pglambda.define('price(a int, b text[]) returns int', 'process')");
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
        master.execute("select pglambda.define('price(a int, b text[]) returns text', 'process')");
        master.execute("select pglambda.undefine('price')");
        assertThat(master.values("select proname::text from pg_proc where proname = 'price'"))
                .isEmpty();
    }

    @Test
    void wrapper_that_something_depends_on_is_not_removed() {
        SqlBundle.install(master.connection());
        master.execute("select pglambda.register('process', 'process')");
        master.execute("select pglambda.define('price(a int) returns int', 'process')");
        master.execute("create view prices as select price(1)");
        BundleException failure =
                catchThrowableOfType(BundleException.class, () -> SqlBundle.uninstall(master.connection()));
        assertThat(failure.sqlState()).isEqualTo("2BP01");
        assertThat(failure).hasMessageContaining("view public.prices");
        assertThat(master.values("select name from pglambda.wrappers")).containsExactly("price");
    }

    @Test
    void schema_lambda_of_somebody_else_is_not_removed() {
        master.execute("create schema lambda");
        BundleException failure =
                catchThrowableOfType(BundleException.class, () -> SqlBundle.uninstall(master.connection()));
        assertThat(failure.sqlState()).isEqualTo("42P06");
        assertThat(master.values("select 1::text from pg_namespace where nspname = 'lambda'"))
                .hasSize(1);
    }

    @Test
    void psql_outside_a_transaction_is_told_how() {
        Psql psql = Psql.run(database, Map.of(), "-v", "ON_ERROR_STOP=1", "-f", Psql.INSTALL_SQL);
        assertThat(psql.exitCode()).isEqualTo(3);
        assertThat(psql.output())
                .contains("the bundle installs in one transaction, and there is none")
                .contains("HINT:  Run: psql -v ON_ERROR_STOP=1 -1 -f sql/install.sql");
        assertThat(master.values("select 1::text from pg_namespace where nspname = 'lambda'"))
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
        SqlBundle.install(master.connection());
        assertThat(master.connection().getAutoCommit()).isTrue();
        assertThat(master.value("select current_user::text")).isEqualTo("master");
        assertThat(master.value("show search_path")).isEqualTo("pg_catalog");
        assertThat(master.value("show client_min_messages")).isEqualTo("notice");
        assertThat(master.value("select coalesce(current_setting('pglambda.install_schema', true), '')"))
                .isEmpty();
    }

    @Test
    void role_that_may_not_act_as_the_owner_is_told_what_to_do() {
        SqlBundle.install(master.connection());
        master.execute("drop role if exists other_installer");
        master.execute("create role other_installer login createrole createdb password 'other_installer'");
        master.execute("grant rds_superuser to other_installer");
        try (Sql other = database.as("other_installer")) {
            BundleException failure =
                    catchThrowableOfType(BundleException.class, () -> SqlBundle.install(other.connection()));
            assertThat(failure.sqlState()).isEqualTo("42501");
            assertThat(failure)
                    .hasMessageContaining("sql/020_roles.sql")
                    .hasMessageContaining("role other_installer may not act as pglambda_owner")
                    .hasMessageContaining("grant pglambda_owner to other_installer;");

            master.execute("grant pglambda_owner to other_installer");
            SqlBundle.install(other.connection());
            assertThat(Catalog.surface(master))
                    .isEqualTo(Catalog.resource("installed.txt").lines().toList());
        }
    }

    @Test
    void server_without_the_extension_is_told_where_it_comes_from() {
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
        BundleException failure =
                catchThrowableOfType(BundleException.class, () -> SqlBundle.install(master.connection()));
        assertThat(failure.sqlState()).isEqualTo("0A000");
        assertThat(failure)
                .hasMessageContaining("sql/030_extension.sql")
                .hasMessageContaining("this server has no extension aws_lambda")
                .hasMessageContaining("./run starts a server that has it");
    }

    @Test
    void schema_lambda_of_somebody_else_is_left_alone() {
        master.execute("create schema lambda");
        BundleException failure =
                catchThrowableOfType(BundleException.class, () -> SqlBundle.install(master.connection()));
        assertThat(failure.sqlState()).isEqualTo("42P06");
        assertThat(failure).hasMessageContaining("belongs to master");
    }

    @Test
    void wrappers_go_to_the_schema_asked_for_and_stay_there() {
        master.execute("create schema app");
        SqlBundle.install(master.connection(), "app");
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
    void psql_takes_the_schema_from_the_setting() {
        master.execute("create schema \"my App\"");
        Psql psql = Psql.run(
                database,
                Map.of("PGOPTIONS", "-c pglambda.install_schema=my\\ App"),
                "-v",
                "ON_ERROR_STOP=1",
                "-1",
                "-f",
                Psql.INSTALL_SQL);
        assertThat(psql).isEqualTo(new Psql(0, ""));
        assertThat(Psql.install(database)).isEqualTo(new Psql(0, ""));
        assertThat(wrapperSchemas()).containsExactly("my App");
    }

    @Test
    void schema_that_does_not_exist_is_an_error() {
        BundleException failure =
                catchThrowableOfType(BundleException.class, () -> SqlBundle.install(master.connection(), "it's"));
        assertThat(failure.sqlState()).isEqualTo("3F000");
        assertThat(failure).hasMessageContaining("create schema \"it's\";");
    }

    @ParameterizedTest
    @ValueSource(strings = {"jsonb", "text"})
    void function_of_the_same_name_is_never_replaced_or_preferred(String type) {
        master.execute("create function process_data(" + type + ") returns " + type + " language sql as 'select $1'");
        BundleException failure =
                catchThrowableOfType(BundleException.class, () -> SqlBundle.install(master.connection()));
        assertThat(failure.sqlState()).isEqualTo("42723");
        assertThat(failure).hasMessageContaining("public.process_data(" + type + ") exists and is not ours");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a jsonb, b jsonb",
                "a text, b text",
                "a text, b text default null",
                "variadic a text[]",
                "a text, b text, c text default null"
            })
    void function_that_would_be_called_for_is_valid_is_never_preferred(String arguments) {
        master.execute("create function is_valid(" + arguments + ") returns boolean language sql as 'select true'");
        BundleException failure =
                catchThrowableOfType(BundleException.class, () -> SqlBundle.install(master.connection()));
        assertThat(failure.sqlState()).isEqualTo("42723");
        assertThat(failure).hasMessageContaining("public.is_valid(").hasMessageContaining("exists and is not ours");
    }

    @Test
    void function_named_is_valid_of_another_number_of_arguments_stays() {
        master.execute("""
                create function is_valid(text) returns boolean language sql as 'select true';
                create function is_valid(text, text, text) returns boolean language sql as 'select true'""");
        SqlBundle.install(master.connection());
        assertThat(master.values("select item from pglambda.check() where not ok and item = 'owner of the bundle'"))
                .isEmpty();
    }

    @Test
    void hash_is_the_same_for_everybody() {
        assertThat(IntStream.range(0, 3).mapToObj(i -> SqlBundle.hash()).distinct())
                .hasSize(1);
    }

    private List<String> wrapperSchemas() {
        return master.values(
                "select distinct n.nspname::text from pg_proc p join pg_namespace n on n.oid = p.pronamespace"
                        + " where p.proname ~ '^((process|transform|validate)_data(_batch)?|is_valid)$'");
    }
}
