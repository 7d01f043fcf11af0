package dev.pglambda.bundle.durable;

import static dev.pglambda.bundle.kit.Sql.errorOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pglambda.bundle.kit.Sql;
import dev.pglambda.bundle.kit.SqlError;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What pglambda.deliver sends, and in which batches. */
class DeliverTest extends DeliveryFixture {

    @Test
    void one_item_is_sent_alone_under_its_own_id_and_its_result_kept() {
        enqueue("process", "{\"a\": 1}");
        deliver();
        assertThat(row("state, attempts, result, error, finished_at >= created_at, lease_until"))
                .isEqualTo("done|1|{\"a\": 1}||true|");
        assertThat(function.calls()).hasSize(1);
        assertThat(function.calls().get(0).isBatch()).isFalse();
        assertThat(function.calls().get(0).itemIds()).containsExactly(row("call_id"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"max_items => -1", "max_items => 0", "max_time => '-1 second'", "keep => '-1 day'"})
    void limits_that_cannot_be_meant_are_refused_and_nothing_is_sent(String limit) {
        enqueue("process", "1");
        SqlError error = errorOf(() -> operator.execute("call pglambda.deliver(" + limit + ")"));
        assertThat(error.sqlState()).isEqualTo("22023");
        assertThat(error.hint().orElseThrow()).contains("1 or more");
        assertThat(function.calls()).isEmpty();
        assertThat(count("waiting")).isEqualTo(1);
    }

    @Test
    void several_items_go_in_one_batch_with_their_ids_and_each_has_its_own_outcome() {
        enqueue("process", "1", "{\"sqlstate\": \"22023\"}", "3");
        deliver();
        assertThat(function.sizes()).containsExactly(3);
        assertThat(function.calls().get(0).itemIds())
                .isEqualTo(operator.values("select call_id::text from pglambda.outbox order by id"));
        assertThat(operator.values("select concat_ws('|', state, result, error ->> 'sqlstate', error ->> 'message')"
                        + " from pglambda.outbox order by id"))
                .containsExactly("done|1", "dead|22023|no", "done|3");
    }

    @Test
    void batches_are_of_one_function_and_options_and_no_larger_than_registered() {
        operator.execute("select pglambda.register('process', 'process', max_batch_items => 4)");
        operator.execute("select pglambda.enqueue('process', to_jsonb(i), jsonb_build_object('o', i % 2))"
                + " from generate_series(1, 16) i");
        operator.execute("select pglambda.enqueue('transform', to_jsonb(100 + i)) from generate_series(1, 3) i");
        deliver();
        assertThat(count("done")).isEqualTo(19);
        assertThat(function.calls()).allSatisfy(call -> {
            assertThat(call.items()).hasSizeBetween(1, 4);
            assertThat(call.items().stream()
                            .map(item -> call.action() + Integer.parseInt(item) % (call.options() == null ? 1 : 2)))
                    .containsOnly(call.action()
                            + (call.options() == null ? "0" : call.options().replaceAll("\\D", "")));
        });
        assertThat(function.items()).hasSize(19).doesNotHaveDuplicates();
    }

    @Test
    void batch_stays_far_enough_below_six_megabytes() {
        operator.execute("select pglambda.enqueue('process', to_jsonb(repeat(i::text, 600000)))"
                + " from generate_series(1, 6) i");
        deliver();
        assertThat(function.sizes()).containsExactly(2, 2, 2);
        assertThat(count("done")).isEqualTo(6);
    }

    @Test
    void function_at_its_max_concurrency_is_left_alone_without_an_attempt() {
        operator.execute("select pglambda.register('process', 'process', max_concurrency => 1)");
        enqueue("process", "1");
        superuser.execute("select pg_advisory_lock(1885826145, pglambda_private.first_place('process'))");
        deliver();
        assertThat(row("state, attempts")).isEqualTo("waiting|0");
        superuser.execute("select pg_advisory_unlock_all()");
        deliver();
        assertThat(row("state, attempts")).isEqualTo("done|1");
    }

    @Test
    void item_is_not_delivered_before_it_is_due() {
        operator.execute("select pglambda.enqueue('process', '1', delay => '1 hour')");
        deliver();
        assertThat(function.calls()).isEmpty();
        letTimePass();
        deliver();
        assertThat(row("state")).isEqualTo("done");
    }

    @Test
    void items_of_a_disabled_or_unregistered_function_wait_without_an_attempt() {
        enqueue("process", "1");
        enqueue("transform", "2");
        operator.execute("select pglambda.disable('process')");
        database.asSuperuser().execute("delete from pglambda.functions where name = 'transform'");
        deliver();
        assertThat(operator.values("select distinct state || attempts from pglambda.outbox"))
                .containsExactly("waiting0");
        operator.execute("select pglambda.enable('process'), pglambda.register('transform', 'transform')");
        deliver();
        assertThat(count("done")).isEqualTo(2);
    }

    @Test
    void long_queue_of_one_function_keeps_no_other_waiting() {
        operator.execute("select pglambda.register('process', 'process', max_batch_items => 1)");
        operator.execute("select pglambda.enqueue('process', to_jsonb(i)) from generate_series(1, 500) i");
        enqueue("transform", "\"t\"");
        operator.execute("call pglambda.deliver(max_items => 100)");
        assertThat(row("state", "function = 'transform'")).as("by all odds").isEqualTo("done");
        assertThat(count("waiting")).isEqualTo(401);
    }

    @Test
    void deliverer_stops_at_its_limit_of_items_or_time() {
        operator.execute("select pglambda.enqueue('process', to_jsonb(i)) from generate_series(1, 25) i");
        operator.execute("call pglambda.deliver(max_items => 10)");
        assertThat(count("done")).isEqualTo(10);
        operator.execute("select pglambda.register('process', 'process', max_batch_items => 3);");
        operator.execute("call pglambda.deliver(max_time => '0')");
        assertThat(count("done")).as("one call more").isEqualTo(13);
        operator.execute("call pglambda.deliver(null, null, null)");
        assertThat(count("done")).isEqualTo(25);
    }

    @Test
    void transaction_block_and_function_are_refused_with_a_hint() {
        for (String block : List.of(
                "begin; call pglambda.deliver()",
                "create function pg_temp.f() returns void language plpgsql as $$ begin call pglambda.deliver(); end $$;"
                        + "select pg_temp.f()")) {
            SqlError error = errorOf(() -> operator.execute(block));
            assertThat(error.sqlState()).isEqualTo("25001");
            assertThat(error.message())
                    .isEqualTo("pglambda.deliver cannot run inside a transaction block or a function");
            assertThat(error.hint().orElseThrow()).contains("call pglambda.deliver();");
            operator.execute("rollback");
        }
        operator.execute("do $$ begin call pglambda.deliver(); end $$");
    }

    @Test
    void deliverer_in_a_stricter_isolation_works_beside_others() {
        operator.execute("set default_transaction_isolation = 'serializable'");
        enqueue("process", "1");
        deliver();
        assertThat(row("state")).isEqualTo("done");
        assertThat(operator.value("show transaction_isolation")).isEqualTo("serializable");
    }

    @Test
    void deliverers_at_the_same_time_call_no_item_twice() {
        operator.execute("select pglambda.register('process', 'process', max_batch_items => 7)");
        operator.execute("select pglambda.enqueue('process', to_jsonb(i)) from generate_series(1, 1000) i");
        List<CompletableFuture<Void>> deliverers = java.util.stream.IntStream.range(0, 4)
                .mapToObj(i -> CompletableFuture.runAsync(() -> {
                    try (Sql session = database.as("operator")) {
                        session.execute("call pglambda.deliver()");
                    }
                }))
                .toList();
        deliverers.forEach(CompletableFuture::join);
        deliver();
        assertThat(function.items()).hasSize(1000).doesNotHaveDuplicates();
        assertThat(count("done")).isEqualTo(1000);
    }

    @Test
    void status_has_a_row_for_each_function() {
        enqueue("process", "1", "{\"sqlstate\": \"22023\"}", "{\"sqlstate\": \"38000\"}");
        deliver();
        operator.execute("select pglambda.enqueue('transform', '1', delay => '1 day')");
        superuser.execute("update pglambda.outbox set created_at = created_at - interval '1 hour'");
        assertThat(operator.values(
                        "select concat_ws('|', function, waiting, running, done, dead, date_trunc('hour', oldest),"
                                + " next_due > now(), now() - last_done < '1 minute', date_trunc('hour', median_time),"
                                + " date_trunc('hour', longest_time)) from pglambda.outbox_status order by function"))
                .containsExactly("process|1|0|1|1|01:00:00|t|t|01:00:00|01:00:00", "transform|1|0|0|0|t");
    }
}
