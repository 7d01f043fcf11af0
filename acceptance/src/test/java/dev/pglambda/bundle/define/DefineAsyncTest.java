package dev.pglambda.bundle.define;

import static dev.pglambda.bundle.kit.Sql.errorOf;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The durable forms of typed wrappers. */
class DefineAsyncTest extends DefinitionFixture {

    @Test
    void durable_form_takes_the_same_arguments_and_puts_the_item_into_the_outbox() {
        assertThat(define("price_order(order_id bigint, total numeric default 1) returns numeric", ", async => true"))
                .containsExactly("price_order(bigint,numeric)", "price_order_async(bigint,numeric)");
        String id = app.values("select price_order_async(7)::text").get(0);
        assertThat(operator.values("select function || ' ' || item::text from pglambda.outbox where id = " + id))
                .containsExactly("pricing {\"total\": 1, \"order_id\": 7}");
    }

    @Test
    void item_without_a_name_is_enqueued_as_it_is_and_null_is_not() {
        define("f(jsonb) returns jsonb", ", async => true, batch => true, options => '{\"a\": 1}'");
        String id = app.values("select f_async('[1]')::text").get(0);
        assertThat(operator.values("select item::text || options::text from pglambda.outbox where id = " + id))
                .containsExactly("[1]{\"a\": 1}");
        assertThat(app.values("select f_async(null)::text")).containsExactly((String) null);
    }

    @Test
    void definition_without_it_drops_a_former_durable_form() {
        define("f(a int) returns int", ", async => true, batch => true");
        assertThat(define("f(a int) returns int", ", batch => true"))
                .containsExactly("f(integer)", "f_batch(integer[])");
        assertThat(errorOf(() -> app.values("select f_async(1)::text")).sqlState())
                .isEqualTo("42883");
        define("f(a int) returns int", ", async => true");
        operator.execute("select pglambda.undefine('f')");
        assertThat(errorOf(() -> app.values("select f_async(1)::text")).sqlState())
                .isEqualTo("42883");
    }

    @Test
    void function_of_its_name_that_is_somebody_elses_is_not_replaced() {
        master.execute("create function shop.g_async(a int) returns int language sql as 'select 1'");
        assertThat(errorOf(() -> define("shop.g(a int) returns int", ", async => true"))
                        .sqlState())
                .isEqualTo("42723");
        master.execute("drop function shop.g_async(int)");
    }
}
