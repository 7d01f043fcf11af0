package dev.pglambda.bundle.define;

import static dev.pglambda.bundle.kit.Sql.errorOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pglambda.bundle.kit.EchoingBatches;
import dev.pglambda.bundle.kit.SqlError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The batch forms of typed wrappers. */
class DefineBatchTest extends DefinitionFixture {

    @Test
    void batch_form_takes_an_array_for_each_argument_and_gives_a_row_for_each_item() {
        LAMBDA.does(new EchoingBatches(item -> item.contains("null")
                ? "{\"error\":{\"sqlstate\":\"22023\",\"message\":\"no total\"}}"
                : "{\"result\":" + item.replaceAll(".*\"total\":([^,}]*).*", "$1") + "}"));
        assertThat(defineBatch("price_order(order_id bigint, total numeric) returns numeric"))
                .containsExactly("price_order(bigint,numeric)", "price_order_batch(bigint[],numeric[])");
        assertThat(app.values("select b::text from price_order_batch('{1,2,3}', '{0.5,null,7}') b"))
                .containsExactly(
                        "(1,0.5,)",
                        "(2,,\"{\"\"message\"\": \"\"no total\"\", \"\"sqlstate\"\": \"\"22023\"\"}\")",
                        "(3,7,)");
        assertThat(app.values("select b::text from price_order_batch('{}', null) b"))
                .isEmpty();
        SqlError error = errorOf(() -> app.values("select b::text from price_order_batch('{1,2}', '{3}') b"));
        assertThat(error.sqlState()).isEqualTo("2202E");
        assertThat(error.message()).isEqualTo("the arrays of price_order_batch have different lengths");
        assertThat(error.detail()).contains("2, 1");
    }

    @Test
    void result_of_another_type_is_the_error_of_its_item_in_a_batch() {
        LAMBDA.does(new EchoingBatches());
        defineBatch("f(jsonb) returns setof integer");
        assertThat(app.values("select ordinality || ' ' || coalesce(result::text, error ->> 'sqlstate', 'none')"
                        + " from f_batch(array['[1,2]', '[3,\"x\"]', null, '[]', '5']::jsonb[]) b"))
                .containsExactly("1 1", "1 2", "2 38000", "3 none", "5 5");
    }

    @Test
    void batch_forms_of_tables_composite_types_and_void() {
        LAMBDA.does(new EchoingBatches());
        defineBatch("g(shop.orders) returns shop.orders");
        defineBatch("h(a int) returns void");
        operator.execute(
                "select pglambda.define('f(line shop.line) returns table (same shop.line, no int)', 'pricing', batch =>"
                        + " true, fields => '{\"same\": \"line\"}')");
        assertThat(app.values("select f::text from f_batch(array[('a', 1.25), null]::shop.line[]) f"))
                .containsExactly("(1,\"(a,1.25)\",,)", "(2,,,)");
        assertThat(app.values(
                        "select (result).colour::text from g_batch(array[(1, 2, null, 'red'), null]::shop.orders[])"))
                .containsExactly("red", null);
        assertThat(app.values("select h::text from h_batch('{1,2}') h")).containsExactly("(1,)", "(2,)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"f() returns integer", "f(a int, b text[]) returns integer"})
    void signature_without_arrays_of_its_arguments_has_no_batch_form(String signature) {
        SqlError error = errorOf(() -> defineBatch(signature));
        assertThat(error.sqlState()).isEqualTo("22023");
        assertThat(error.message()).isEqualTo("f can have no batch form");
    }
}
