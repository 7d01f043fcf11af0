package dev.pglambda.bundle;

import static dev.pglambda.bundle.Sql.errorOf;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What lambda.deliver does with what is due. Time is made to pass by moving the times in the outbox. */
class DeliverTest {

    private BundleServer database;
    private Sql operator;
    private Sql superuser;
    private DurableFunction function;

    @BeforeEach
    void connect() {
        database = BundleServer.cloned();
        operator = database.as("operator");
        superuser = database.asSuperuser();
        function = DurableFunction.on(BundleServer.LAMBDA);
    }

    @AfterEach
    void disconnect() {
        database.drop();
    }

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

    @Test
    void several_items_go_in_one_batch_with_their_ids_and_each_has_its_own_outcome() {
        enqueue("process", "1", "{\"sqlstate\": \"22023\"}", "3");
        deliver();
        assertThat(function.sizes()).containsExactly(3);
        assertThat(function.calls().get(0).itemIds())
                .isEqualTo(operator.values("select call_id::text from lambda.outbox order by id"));
        assertThat(operator.values("select concat_ws('|', state, result, error ->> 'sqlstate', error ->> 'message')"
                        + " from lambda.outbox order by id"))
                .containsExactly("done|1", "dead|22023|no", "done|3");
    }

    @Test
    void batches_are_of_one_function_and_options_and_no_larger_than_registered() {
        operator.execute("select lambda.register('process', 'process', max_batch_items => 4)");
        operator.execute("select lambda.enqueue('process', to_jsonb(i), jsonb_build_object('o', i % 2))"
                + " from generate_series(1, 16) i");
        operator.execute("select lambda.enqueue('transform', to_jsonb(100 + i)) from generate_series(1, 3) i");
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
        operator.execute("select lambda.enqueue('process', to_jsonb(repeat(i::text, 600000)))"
                + " from generate_series(1, 6) i");
        deliver();
        assertThat(function.sizes()).containsExactly(2, 2, 2);
        assertThat(count("done")).isEqualTo(6);
    }

    @Test
    void function_that_has_as_many_calls_as_it_may_is_left_alone_without_an_attempt() {
        operator.execute("select lambda.register('process', 'process', max_concurrency => 1)");
        enqueue("process", "1");
        superuser.execute("select pg_advisory_lock(lambda.slot_class(), lambda.slot_key('process'))");
        deliver();
        assertThat(row("state, attempts")).isEqualTo("waiting|0");
        superuser.execute("select pg_advisory_unlock_all()");
        deliver();
        assertThat(row("state, attempts")).isEqualTo("done|1");
    }

    @Test
    void item_is_not_delivered_before_it_is_due() {
        operator.execute("select lambda.enqueue('process', '1', delay => '1 hour')");
        deliver();
        assertThat(function.calls()).isEmpty();
        letTimePass();
        deliver();
        assertThat(row("state")).isEqualTo("done");
    }

    @Test
    void failed_call_is_tried_again_later_and_later_under_the_same_id_until_it_is_dead() {
        enqueue("process", "\"crash\"");
        for (int attempt = 1; attempt <= 10; attempt++) {
            deliver();
            deliver(); // nothing is due
            assertThat(row("attempts")).isEqualTo(String.valueOf(attempt));
            assertThat(row("error ->> 'sqlstate'")).isEqualTo("38000");
            if (attempt < 10) {
                double longest = Math.min(2 * Math.pow(3, attempt - 1), 3600);
                assertThat(Double.parseDouble(row("extract(epoch from due_at - clock_timestamp())")))
                        .isBetween(longest / 2 - 1.9, longest);
                assertThat(row("state")).isEqualTo("waiting");
            }
            letTimePass();
        }
        assertThat(row("state, finished_at is not null")).isEqualTo("dead|true");
        assertThat(function.calls()).hasSize(10);
        assertThat(function.calls().stream()
                        .flatMap(call -> call.itemIds().stream())
                        .distinct())
                .containsExactly(row("call_id"));
        letTimePass();
        deliver();
        assertThat(function.calls()).hasSize(10);
    }

    @Test
    void back_off_of_items_that_failed_together_is_not_the_same() {
        enqueue("process", "\"crash\"", "2", "3");
        deliver();
        assertThat(operator.values("select distinct due_at::text from lambda.outbox"))
                .hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"22023", "22P02", "23505", "23503", "P0002", "54000", "0A000"})
    void error_about_the_item_itself_is_final(String sqlstate) {
        enqueue("process", "{\"sqlstate\": \"" + sqlstate + "\"}");
        deliver();
        assertThat(row("state, attempts, error ->> 'sqlstate'")).isEqualTo("dead|1|" + sqlstate);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"38000", "39000", "08006", "40001", "42501", "53300", "57P01", "58030", "P0001", "XX000", "APP01"
            })
    void error_that_may_be_over_is_tried_again(String sqlstate) {
        enqueue("process", "{\"sqlstate\": \"" + sqlstate + "\"}");
        deliver();
        assertThat(row("state, attempts, error ->> 'sqlstate'")).isEqualTo("waiting|1|" + sqlstate);
    }

    @Test
    void unreachable_function_is_tried_again() {
        BundleServer.LAMBDA.refuses("TooManyRequestsException", 429, "Rate Exceeded.");
        enqueue("process", "1", "2");
        deliver();
        assertThat(operator.values(
                        "select distinct concat_ws('|', state, attempts, error ->> 'sqlstate') from lambda.outbox"))
                .containsExactly("waiting|1|39000");
    }

    @Test
    void error_of_a_whole_batch_condemns_none_of_its_items() {
        BundleServer.LAMBDA.replies("{\"error\": {\"sqlstate\": \"22023\", \"message\": \"what is this?\"}}");
        enqueue("process", "1", "2");
        deliver();
        assertThat(operator.values("select distinct concat_ws('|', state, attempts, error) from lambda.outbox"))
                .containsExactly("waiting|1|{\"message\": \"what is this?\", \"sqlstate\": \"22023\"}");
        superuser.execute("update lambda.functions set max_batch_items = 1");
        letTimePass();
        deliver();
        assertThat(count("dead")).as("alone, it is a verdict").isEqualTo(2);
    }

    @Test
    void reply_that_is_too_large_is_asked_for_again_in_smaller_batches() {
        BundleServer.LAMBDA.fails("{\"errorType\":\"Function.ResponseSizeTooLarge\",\"errorMessage\":\"too large\"}");
        enqueue("process", "1", "2");
        deliver();
        assertThat(operator.values(
                        "select distinct concat_ws('|', state, attempts, error ->> 'sqlstate') from lambda.outbox"))
                .containsExactly("waiting|1|54000");
    }

    @Test
    void poison_item_is_dead_alone_and_all_its_neighbours_are_done() {
        operator.execute("select lambda.enqueue('process', case i when 137 then '\"crash\"' else to_jsonb(i) end)"
                + " from generate_series(1, 300) i");
        for (int i = 0; i < 10; i++) {
            deliver();
            letTimePass();
        }
        assertThat(operator.values("select item::text from lambda.outbox where state <> 'done'"))
                .containsExactly("\"crash\"");
        assertThat(row("state", "item = '\"crash\"'")).isEqualTo("dead");
        assertThat(operator.value("select max(attempts)::text from lambda.outbox where state = 'done'"))
                .isEqualTo("4");
        assertThat(function.calls()).as("far fewer than one for each").hasSizeLessThan(60);
    }

    @Test
    void item_whose_program_does_not_end_is_dead_as_soon_as_it_is_alone_and_its_neighbours_are_done() {
        operator.execute("select lambda.enqueue('process', case i when 137 then '\"loop\"' else to_jsonb(i) end)"
                + " from generate_series(1, 1000) i");
        for (int i = 0; i < 4; i++) {
            deliver();
            letTimePass();
        }
        assertThat(
                        operator.values(
                                "select item::text || ' ' || state || ' ' || (error ->> 'sqlstate') from lambda.outbox where state <> 'done'"))
                .containsExactly("\"loop\" dead 54000");
        assertThat(function.calls().stream().filter(call -> call.items().contains("\"loop\"")))
                .as("each took the time of a call")
                .hasSize(4);
    }

    @Test
    void neighbours_survive_a_poison_item_also_where_few_attempts_are_allowed() {
        operator.execute("select lambda.register('process', 'process', max_attempts => 2)");
        enqueue("process", "1", "\"crash\"", "3");
        deliver();
        letTimePass();
        deliver();
        assertThat(function.sizes()).containsExactly(3, 1, 1, 1);
        assertThat(operator.values("select state from lambda.outbox order by id"))
                .containsExactly("done", "dead", "done");
    }

    @Test
    void items_of_a_disabled_or_unregistered_function_wait_without_an_attempt() {
        enqueue("process", "1");
        enqueue("transform", "2");
        operator.execute("select lambda.register('process', 'process', enabled => false);"
                + "select lambda.unregister('transform')");
        deliver();
        assertThat(operator.values("select distinct state || attempts from lambda.outbox"))
                .containsExactly("waiting0");
        operator.execute("select lambda.register('process', 'process'), lambda.register('transform', 'transform')");
        deliver();
        assertThat(count("done")).isEqualTo(2);
    }

    @Test
    void claim_whose_function_was_disabled_meanwhile_is_given_back_with_its_attempt() {
        enqueue("process", "1", "2");
        operator.execute("create temporary table claimed as select * from lambda.claim(10)");
        assertThat(operator.values("select distinct state || attempts from lambda.outbox"))
                .containsExactly("running1");
        operator.execute("select lambda.register('process', 'process', enabled => false)");
        operator.execute("select lambda.record_outcomes(ids, lease, lambda.call_claimed(ids, lease)) from claimed");
        assertThat(operator.values("select distinct state || attempts from lambda.outbox"))
                .containsExactly("waiting0");
        assertThat(function.calls()).isEmpty();
    }

    @Test
    void long_queue_of_one_function_keeps_no_other_waiting() {
        operator.execute("select lambda.register('process', 'process', max_batch_items => 1)");
        operator.execute("select lambda.enqueue('process', to_jsonb(i)) from generate_series(1, 500) i");
        enqueue("transform", "\"t\"");
        operator.execute("call lambda.deliver(max_items => 100)");
        assertThat(row("state", "function = 'transform'")).as("by all odds").isEqualTo("done");
        assertThat(count("waiting")).isEqualTo(401);
    }

    @Test
    void deliverer_stops_at_its_limit_of_items_or_time() {
        operator.execute("select lambda.enqueue('process', to_jsonb(i)) from generate_series(1, 25) i");
        operator.execute("call lambda.deliver(max_items => 10)");
        assertThat(count("done")).isEqualTo(10);
        operator.execute("select lambda.register('process', 'process', max_batch_items => 3);");
        operator.execute("call lambda.deliver(max_time => '0')");
        assertThat(count("done")).as("one call more").isEqualTo(13);
        operator.execute("call lambda.deliver(null, null, null)");
        assertThat(count("done")).isEqualTo(25);
    }

    @Test
    void dead_item_gets_all_its_attempts_again_and_others_are_refused() {
        enqueue("process", "{\"sqlstate\": \"22023\"}");
        deliver();
        String id = row("id");
        operator.execute("select lambda.retry(" + id + ")");
        assertThat(row("state, attempts, finished_at, error ->> 'sqlstate'")).isEqualTo("waiting|0||22023");
        SqlError waiting = errorOf(() -> operator.execute("select lambda.retry(" + id + ")"));
        assertThat(waiting.sqlState()).isEqualTo("55000");
        assertThat(waiting.message()).isEqualTo("item " + id + " is waiting, and only what is dead is retried");
        SqlError unknown = errorOf(() -> operator.execute("select lambda.retry(-1)"));
        assertThat(unknown.sqlState()).isEqualTo("P0002");
        assertThat(unknown.message()).isEqualTo("the outbox has no item -1");
    }

    @Test
    void purge_removes_what_was_done_or_dead_that_long_ago_and_nothing_else() {
        enqueue("process", "1", "{\"sqlstate\": \"22023\"}", "{\"sqlstate\": \"38000\"}");
        deliver();
        superuser.execute("update lambda.outbox set finished_at = finished_at - interval '1 day'");
        enqueue("process", "4");
        deliver();
        assertThat(operator.value("select lambda.purge('1 hour')::text")).isEqualTo("2");
        assertThat(operator.values("select state || item from lambda.outbox order by id"))
                .containsExactly("waiting{\"sqlstate\": \"38000\"}", "done4");
        assertThat(errorOf(() -> operator.execute("select lambda.purge(null)")).sqlState())
                .isEqualTo("22004");
    }

    @Test
    void deliverers_remove_what_has_been_done_for_long_and_keep_what_is_dead() {
        superuser.execute("insert into lambda.outbox (function, item, state, due_at, finished_at)"
                + " select 'process', '1', case i when 1 then 'dead' else 'done' end, now(), now() - i * interval '1 hour'"
                + " from generate_series(1, 2500) i");
        operator.execute("call lambda.deliver(keep => null)");
        assertThat(count("done")).isEqualTo(2499);
        operator.execute("call lambda.deliver()");
        assertThat(count("done")).as("in small steps").isEqualTo(1499);
        operator.execute("call lambda.deliver()");
        operator.execute("call lambda.deliver(keep => '100 hours')");
        assertThat(count("done")).isEqualTo(99 - 1);
        operator.execute("call lambda.deliver(keep => '0')");
        assertThat(count("done")).isZero();
        assertThat(count("dead")).isEqualTo(1);
    }

    @Test
    void claims_of_a_lost_deliverer_come_back_after_their_lease_and_not_before() {
        enqueue("process", "1", "2");
        claimAndLeave();
        assertThat(Double.parseDouble(operator.value(
                        "select extract(epoch from min(lease_until) - clock_timestamp())::text from lambda.outbox")))
                .as("twice what aws_lambda waits, and 5 s")
                .isBetween(11.0, 13.0);
        deliver();
        assertThat(function.calls()).isEmpty();
        letTimePass();
        deliver();
        assertThat(operator.values("select state || attempts from lambda.outbox"))
                .containsExactly("done2", "done2");
    }

    @Test
    void item_whose_last_deliverer_was_lost_is_dead_with_an_error_that_says_so() {
        operator.execute("select lambda.register('process', 'process', max_attempts => 1)");
        enqueue("process", "1");
        claimAndLeave();
        letTimePass();
        deliver();
        assertThat(row("state, error ->> 'sqlstate'")).isEqualTo("dead|08007");
        assertThat(row("error ->> 'hint'")).contains(row("call_id"));
    }

    @Test
    void deliverer_that_comes_back_after_its_lease_neither_calls_nor_records() {
        enqueue("process", "1");
        operator.execute("create temporary table claimed as select * from lambda.claim(10)");
        letTimePass();
        operator.execute("create temporary table again as select * from lambda.claim(10)");
        operator.execute("select lambda.record_outcomes(ids, lease, '{\"{\\\"result\\\": 7}\"}') from claimed");
        assertThat(row("state, attempts, result")).isEqualTo("running|2|");
        assertThat(operator.value("select (lambda.call_claimed(ids, lease) is null)::text from claimed"))
                .isEqualTo("true");
        assertThat(operator.value(
                        "select (lambda.call_claimed(ids, lease - interval '1 hour') is null)::text from again"))
                .isEqualTo("true");
        assertThat(function.calls()).isEmpty();
        operator.execute("select lambda.record_outcomes(ids, lease, lambda.call_claimed(ids, lease)) from again");
        assertThat(row("state, result")).isEqualTo("done|1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"pg_cancel_backend", "pg_terminate_backend"})
    void interrupted_deliverer_leaves_claims_and_nothing_half_recorded(String interrupt) {
        enqueue("process", "1", "2", "3");
        operator.execute("set aws_lambda.request_timeout_ms = 60000");
        BundleServer.LAMBDA.neverAnswers();
        String pid = operator.value("select pg_backend_pid()::text");
        CompletableFuture<Void> delivery = CompletableFuture.runAsync(this::deliver);
        Awaitility.await().until(() -> !BundleServer.LAMBDA.requests().isEmpty());
        assertThat(superuser.values("select mode from pg_locks where pid = " + pid
                        + " and relation = 'lambda.outbox'::regclass and mode <> 'AccessShareLock'"))
                .as("no lock on the outbox during a call")
                .isEmpty();
        superuser.execute("select " + interrupt + "(" + pid + ")");
        assertThat(delivery).failsWithin(java.time.Duration.ofSeconds(30)).withThrowableOfType(Exception.class);
        assertThat(superuser.values(
                        "select distinct concat_ws('|', state, attempts, result, error) from lambda.outbox"))
                .containsExactly("running|1");
        function = DurableFunction.on(BundleServer.LAMBDA);
        letTimePass();
        try (Sql other = database.as("operator")) {
            other.execute("call lambda.deliver()");
        }
        assertThat(superuser.values("select distinct state || attempts from lambda.outbox"))
                .containsExactly("done2");
    }

    @Test
    void statement_timeout_ends_a_delivery_between_whole_items() {
        enqueue("process", "1", "2");
        BundleServer.LAMBDA.neverAnswers();
        operator.execute("set statement_timeout = 300");
        assertThat(errorOf(this::deliver).sqlState()).isEqualTo("57014");
        operator.execute("reset statement_timeout");
        assertThat(operator.values("select distinct concat_ws('|', state, attempts, result, error) from lambda.outbox"))
                .containsExactly("running|1");
        assertThat(operator.value("show search_path")).isEqualTo("\"$user\", public");
    }

    @Test
    void transaction_block_and_function_are_refused_with_a_hint() {
        for (String block : List.of(
                "begin; call lambda.deliver()",
                "create function pg_temp.f() returns void language plpgsql as $$ begin call lambda.deliver(); end $$;"
                        + "select pg_temp.f()")) {
            SqlError error = errorOf(() -> operator.execute(block));
            assertThat(error.sqlState()).isEqualTo("25001");
            assertThat(error.message()).isEqualTo("lambda.deliver cannot run inside a transaction block or a function");
            assertThat(error.hint().orElseThrow()).contains("call lambda.deliver();");
            operator.execute("rollback");
        }
        operator.execute("do $$ begin call lambda.deliver(); end $$");
    }

    @Test
    void deliverer_of_a_session_with_a_stricter_isolation_works_beside_others() {
        operator.execute("set default_transaction_isolation = 'serializable'");
        enqueue("process", "1");
        deliver();
        assertThat(row("state")).isEqualTo("done");
        assertThat(operator.value("show transaction_isolation")).isEqualTo("serializable");
    }

    @Test
    void deliverers_at_the_same_time_call_no_item_twice() {
        operator.execute("select lambda.register('process', 'process', max_batch_items => 7)");
        operator.execute("select lambda.enqueue('process', to_jsonb(i)) from generate_series(1, 1000) i");
        List<CompletableFuture<Void>> deliverers = java.util.stream.IntStream.range(0, 4)
                .mapToObj(i -> CompletableFuture.runAsync(() -> {
                    try (Sql session = database.as("operator")) {
                        session.execute("call lambda.deliver()");
                    }
                }))
                .toList();
        deliverers.forEach(CompletableFuture::join);
        deliver();
        assertThat(function.items()).hasSize(1000).doesNotHaveDuplicates();
        assertThat(count("done")).isEqualTo(1000);
    }

    @Test
    void status_tells_by_function_how_it_stands() {
        enqueue("process", "1", "{\"sqlstate\": \"22023\"}", "{\"sqlstate\": \"38000\"}");
        deliver();
        operator.execute("select lambda.enqueue('transform', '1', delay => '1 day')");
        superuser.execute("update lambda.outbox set created_at = created_at - interval '1 hour'");
        assertThat(operator.values(
                        "select concat_ws('|', function, waiting, running, done, dead, date_trunc('hour', oldest),"
                                + " next_due > now(), now() - last_done < '1 minute', date_trunc('hour', median_time),"
                                + " date_trunc('hour', longest_time)) from lambda.outbox_status order by function"))
                .containsExactly("process|1|0|1|1|01:00:00|t|t|01:00:00|01:00:00", "transform|1|0|0|0|t");
    }

    private void enqueue(String name, String... items) {
        for (String item : items) {
            operator.value("select lambda.enqueue(?, ?::jsonb)::text", name, item);
        }
    }

    private void deliver() {
        operator.execute("call lambda.deliver()");
    }

    /** As a deliverer does that is killed between its first and its second transaction. */
    private void claimAndLeave() {
        operator.execute("select * from lambda.claim(10)");
    }

    /** Whatever is to happen some time from now is to happen now. */
    private void letTimePass() {
        superuser.execute("update lambda.outbox set due_at = least(due_at, clock_timestamp()),"
                + " lease_until = case when state = 'running' then least(lease_until, clock_timestamp()) end");
    }

    private String row(String columns) {
        return row(columns, "true");
    }

    private String row(String columns, String condition) {
        return operator.value("select array_to_string(array[" + columns.replaceAll("(, |^)([^,]+)", "$1($2)::text")
                + "], '|', '') from lambda.outbox where " + condition);
    }

    private int count(String state) {
        return Integer.parseInt(operator.value("select count(*)::text from lambda.outbox where state = ?", state));
    }
}
