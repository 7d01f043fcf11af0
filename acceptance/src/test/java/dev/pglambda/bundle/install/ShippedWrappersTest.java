package dev.pglambda.bundle.install;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.pglambda.bundle.BundleException;
import dev.pglambda.bundle.InstallSettings;
import dev.pglambda.bundle.SqlBundle;
import dev.pglambda.bundle.kit.Catalog;
import dev.pglambda.bundle.kit.Psql;
import dev.pglambda.bundle.kit.ShippedFunctions;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which databases get the wrappers of process, transform and validate. */
class ShippedWrappersTest extends InstallFixture {

    private static final String WRAPPERS = "select proname::text from pg_proc"
            + " where proname ~ '^((process|transform|validate)_data|is_valid)' group by proname order by proname";

    @Test
    void database_without_the_functions_has_nothing_of_them() {
        SqlBundle.install(master.connection());
        master.execute("select pglambda.register('price', 'price')");
        SqlBundle.install(master.connection());
        assertThat(master.values(WRAPPERS)).isEmpty();
        assertThat(master.value("select (to_regclass('pglambda.processed_items') is null)::text"))
                .isEqualTo("true");
        assertThat(Catalog.surface(master)).noneMatch(line -> line.contains("pglambda_process"));
    }

    @ParameterizedTest
    @CsvSource({
        "process, process_data process_data_async process_data_batch",
        "transform, transform_data transform_data_async transform_data_batch",
        "validate, is_valid validate_data validate_data_async validate_data_batch",
    })
    void registered_function_gets_its_wrappers_with_the_next_installation(String function, String wrappers) {
        SqlBundle.install(master.connection());
        master.execute("select pglambda.register('" + function + "', '" + function + "')");
        assertThat(master.values(WRAPPERS)).isEmpty();
        assertThat(Psql.install(database)).isEqualTo(new Psql(0, ""));
        assertThat(master.values(WRAPPERS)).containsExactly(wrappers.split(" "));
    }

    @Test
    void psql_takes_functions_from_a_setting() {
        Psql psql = Psql.install(
                database, Map.of("PGOPTIONS", "-c pglambda.install_wrappers=transform\\ ,price,\\ validate"));
        assertThat(psql).isEqualTo(new Psql(0, ""));
        assertThat(master.values(WRAPPERS))
                .contains("transform_data", "is_valid")
                .doesNotContain("process_data");
    }

    @Test
    void library_registers_functions_and_installs_their_wrappers_in_one_transaction() {
        SqlBundle.install(
                master.connection(),
                new InstallSettings(Optional.empty(), List.of("price", "process")),
                inTransaction -> {
                    try (Statement statement = inTransaction.createStatement()) {
                        statement.execute("select pglambda.register('process', 'process:live')");
                        statement.execute("grant pglambda_process to processor");
                    }
                });
        assertThat(master.values(WRAPPERS)).contains("process_data").doesNotContain("is_valid");
    }

    @Test
    void wrappers_of_an_unregistered_function_stay_and_are_upgraded() {
        ShippedFunctions.install(master.connection());
        List<String> installed = Catalog.everything(master);
        master.execute("set role pglambda_owner; drop function validate_data_async(jsonb);"
                + " create or replace function is_valid(data jsonb, schema jsonb) returns boolean"
                + " language sql as 'select true'; reset role");
        SqlBundle.install(master.connection());
        assertThat(Catalog.everything(master)).isEqualTo(installed);
    }

    @ParameterizedTest
    @ValueSource(strings = {"jsonb", "text"})
    void function_of_the_same_name_is_neither_replaced_nor_preferred(String type) {
        master.execute("create function process_data(" + type + ") returns " + type + " language sql as 'select $1'");
        assertThat(refusal()).hasMessageContaining("public.process_data(" + type + ") exists and is not a wrapper");
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
    void function_that_a_call_of_is_valid_could_mean_is_refused(String arguments) {
        master.execute("create function is_valid(" + arguments + ") returns boolean language sql as 'select true'");
        assertThat(refusal()).hasMessageContaining("public.is_valid(").hasMessageContaining("is not a wrapper");
    }

    @Test
    void functions_of_the_same_names_with_other_numbers_of_arguments_stay() {
        master.execute("""
                create function is_valid(text) returns boolean language sql as 'select true';
                create function is_valid(text, text, text) returns boolean language sql as 'select true';
                create function process_data(text, text) returns text language sql as 'select $1'""");
        ShippedFunctions.install(master.connection());
        assertThat(master.values("select item from pglambda.check() where not ok and item = 'owner of the bundle'"))
                .isEmpty();
    }

    @Test
    void typed_wrapper_of_the_same_name_is_not_replaced() {
        SqlBundle.install(master.connection());
        master.execute("select pglambda.register('price', 'price')");
        master.execute("select pglambda.define('process_data(data jsonb) returns jsonb', 'price')");
        assertThat(refusal()).hasMessageContaining("public.process_data(jsonb) exists and is not a wrapper");
        assertThat(master.value("select function from pglambda.wrappers")).isEqualTo("price");
    }

    /** The error of an installation that is refused with 42723. */
    private BundleException refusal() {
        BundleException failure =
                catchThrowableOfType(BundleException.class, () -> ShippedFunctions.install(master.connection()));
        assertThat(failure.sqlState()).isEqualTo("42723");
        assertThat(failure).hasMessageContaining("sql/wrappers/").hasMessageContaining("pglambda.install_schema");
        return failure;
    }
}
