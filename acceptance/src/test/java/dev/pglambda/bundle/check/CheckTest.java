package dev.pglambda.bundle.check;

import static dev.pglambda.bundle.kit.BundleServer.LAMBDA;
import static dev.pglambda.bundle.kit.Sql.errorOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pglambda.bundle.kit.BundleServer;
import dev.pglambda.bundle.kit.Psql;
import dev.pglambda.bundle.kit.Sql;
import dev.pglambda.local.lambda.api.InvocationType;
import java.util.List;
import org.junit.jupiter.api.Test;

/** pglambda.check as a whole. */
class CheckTest extends CheckFixture {

    @Test
    void rows_have_a_fixed_order_and_no_hint_where_all_is_right() {
        assertThat(findings().stream().map(Finding::item))
                .startsWith(
                        "extension aws_commons",
                        "extension aws_lambda",
                        "rights of pglambda_owner",
                        "aws_lambda.request_timeout_ms",
                        "aws_lambda.connect_timeout_ms",
                        "function process",
                        "qualifier of process",
                        "time-out of process",
                        "function transform")
                .containsSequence(
                        "version",
                        "closed to public",
                        "aws_lambda for pglambda_owner alone",
                        "roles of the bundle",
                        "search_path of functions",
                        "owner of the bundle",
                        "functions of the bundle",
                        "delivery",
                        "functions of durable calls",
                        "dead durable calls");
        assertThat(findings()).allMatch(Finding::ok).allMatch(f -> f.hint() == null && f.detail() != null);
    }

    @Test
    void no_function_runs() {
        findings();
        assertThat(LAMBDA.requests())
                .hasSameSizeAs(FUNCTIONS)
                .allMatch(request -> request.invocationType() == InvocationType.DRY_RUN);
    }

    @Test
    void bundle_of_another_version_is_replaced_by_that_of_the_library() {
        master.execute("update pglambda_private.installation set library = '9.9.9'");
        repair("version", "the bundle is 0.1.0, and the library that installed last is 9.9.9");
    }

    @Test
    void bundle_installed_only_by_psql_is_right() {
        BundleServer other = BundleServer.empty();
        try (Sql otherMaster = other.as("master")) {
            assertThat(Psql.install(other)).isEqualTo(new Psql(0, ""));
            assertThat(otherMaster.value("select detail from pglambda.check() where item = 'version' and ok"))
                    .isEqualTo("the bundle is 0.1.0, installed by psql");
        } finally {
            other.drop();
        }
    }

    @Test
    void check_that_fails_itself_is_a_row_and_the_others_go_on() {
        int rows = findings().size();
        master.execute("drop function pglambda_private.check_owner()");
        assertThat(findings()).hasSize(rows);
        assertThat(failing()).containsExactly("check_owner", "functions of the bundle");
        repair("check_owner", "function pglambda_private.check_owner() does not exist");
        assertThat(failing()).isEmpty();
    }

    @Test
    void statement_timeout_ends_it() {
        LAMBDA.neverAnswers();
        try (Sql operator = database.as("operator")) {
            operator.execute("set statement_timeout = 300");
            assertThat(errorOf(() -> operator.values("select item from pglambda.check()"))
                            .sqlState())
                    .isEqualTo("57014");
        }
    }

    @Test
    void shadowing_objects_are_not_used() {
        try (Sql operator = database.as("operator")) {
            for (String shadow : List.of(
                    "format(text, variadic text[]) returns text",
                    "aclexplode(aclitem[]) returns setof record",
                    "to_regnamespace(text) returns regnamespace",
                    "set_config(text, text, boolean) returns text",
                    "check_owner() returns setof record",
                    "invoke(text, json, text, text, text, json, varchar) returns record")) {
                operator.execute("create function pg_temp." + shadow
                        + " language plpgsql as $$ begin raise exception 'trap'; end $$");
            }
            operator.execute("create temporary table pg_proc (like pg_catalog.pg_proc)");
            operator.execute("create temporary table installation (library text)");
            operator.execute("set search_path = pg_temp, pglambda_private, pglambda, pg_catalog");
            assertThat(operator.values("select item from pglambda.check() where not ok"))
                    .isEmpty();
        }
    }
}
