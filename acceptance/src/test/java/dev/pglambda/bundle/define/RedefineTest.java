package dev.pglambda.bundle.define;

import static dev.pglambda.bundle.kit.Sql.errorOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pglambda.bundle.kit.SqlError;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Defining a name again, and undefining it. */
class RedefineTest extends DefinitionFixture {

    @Test
    void definition_of_the_same_name_replaces_the_former() {
        defineBatch("f(a int) returns int");
        operator.execute("select pglambda.define('f(a int) returns int', 'pricing', grantee => 'operator')");
        assertThat(operator.values("select oid::regprocedure::text from pg_proc where proname ~ '^f(_batch)?$'"))
                .containsExactly("f(integer)");
        assertThat(errorOf(() -> app.value("select f(1)")).sqlState()).isEqualTo("42501");
        define("f(b int) returns text");
        LAMBDA.replies("{\"result\": \"x\"}");
        assertThat(app.value("select f(b => 1)")).isEqualTo("x");
        defineBatch("f(a numeric, b int) returns table (c int)");
        assertThat(operator.values(
                        "select oid::regprocedure::text from pg_proc where proname ~ '^f(_batch)?$' order by 1"))
                .containsExactly("f(numeric,integer)", "f_batch(numeric[],integer[])");
        assertThat(operator.values("select signature from pglambda.wrappers")).hasSize(1);
    }

    @Test
    void wrapper_that_a_view_depends_on_keeps_its_result() {
        define("f(a int) returns int");
        master.execute("create view shop.calls as select public.f(1)");
        define("f(a int) returns int");
        for (Runnable change : List.<Runnable>of(
                () -> define("f(a int) returns text"),
                () -> operator.execute("select pglambda.undefine('f')"),
                () -> define("f(a text) returns int"))) {
            SqlError error = errorOf(change::run);
            assertThat(error.sqlState()).isEqualTo("2BP01");
            assertThat(error.detail().orElseThrow() + error.message()).contains("f(integer)");
        }
        assertThat(errorOf(() -> define("f(a int) returns text")).message())
                .isEqualTo("public.f(integer) cannot be defined with another result: other objects depend on it");
        master.execute("drop view shop.calls");
    }

    @Test
    void function_of_somebody_else_is_refused_and_stays() {
        master.execute("create function public.mine(text) returns text language sql as 'select $1'");
        SqlError error = errorOf(() -> define("mine(a int) returns int"));
        assertThat(error.sqlState()).isEqualTo("42723");
        assertThat(error.message())
                .isEqualTo("public.mine(text) exists and was not made by pglambda.define as public.mine");
        master.execute("alter function public.mine(text) rename to mine_batch");
        assertThat(errorOf(() -> defineBatch("mine(a int) returns int")).sqlState())
                .isEqualTo("42723");
        define("mine(a int) returns int");
        master.execute("drop function mine_batch(text)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "f",
                "public.f",
                "F",
                "\"f\"",
                "f(order_id int, int[])",
                "f(int, integer[])",
                "f(order_id integer, b int[]) returns int"
            })
    void undefine_takes_a_name_or_a_signature(String name) {
        define("f(order_id int, b int[]) returns int");
        operator.execute("select pglambda.undefine('" + name + "')");
        assertThat(operator.values("select oid::regprocedure::text from pg_proc where proname = 'f'"))
                .isEmpty();
        assertThat(operator.values("select name from pglambda.wrappers")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"g", "f(int)", "shop.f", "process_data", "f()", "f(int, int)"})
    void undefine_of_what_was_not_defined_is_42883(String name) {
        define("f(order_id int, b int[]) returns int");
        SqlError error = errorOf(() -> operator.execute("select pglambda.undefine('" + name + "')"));
        assertThat(error.sqlState()).isEqualTo("42883");
        assertThat(error.message()).isEqualTo("pglambda.define has not made " + name);
    }
}
