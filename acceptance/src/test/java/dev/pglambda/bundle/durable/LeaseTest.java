package dev.pglambda.bundle.durable;

import static dev.pglambda.bundle.kit.Sql.errorOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pglambda.bundle.kit.BundleServer;
import dev.pglambda.bundle.kit.DurableFunction;
import dev.pglambda.bundle.kit.Sql;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Claims of deliverers that are killed, cancelled or late. */
class LeaseTest extends DeliveryFixture {

    @Test
    void claim_whose_function_was_disabled_meanwhile_is_given_back_with_its_attempt() {
        enqueue("process", "1", "2");
        operator.execute("create temporary table claimed as select * from pglambda_private.claim(10)");
        assertThat(operator.values("select distinct state || attempts from pglambda.outbox"))
                .containsExactly("running1");
        operator.execute("select pglambda.disable('process')");
        operator.execute(
                "select pglambda_private.record_outcomes(ids, lease, pglambda_private.call_claimed(ids, lease)) from claimed");
        assertThat(operator.values("select distinct state || attempts from pglambda.outbox"))
                .containsExactly("waiting0");
        assertThat(function.calls()).isEmpty();
    }

    @Test
    void claims_of_a_lost_deliverer_come_back_after_their_lease_and_not_before() {
        enqueue("process", "1", "2");
        claimAndLeave();
        assertThat(Double.parseDouble(operator.value(
                        "select extract(epoch from min(lease_until) - clock_timestamp())::text from pglambda.outbox")))
                .as("twice what aws_lambda waits, and 5 s")
                .isBetween(11.0, 13.0);
        deliver();
        assertThat(function.calls()).isEmpty();
        letTimePass();
        deliver();
        assertThat(operator.values("select state || attempts from pglambda.outbox"))
                .containsExactly("done2", "done2");
    }

    @Test
    void item_whose_last_deliverer_was_lost_is_dead_with_that_error() {
        operator.execute("select pglambda.register('process', 'process', max_attempts => 1)");
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
        operator.execute("create temporary table claimed as select * from pglambda_private.claim(10)");
        letTimePass();
        operator.execute("create temporary table again as select * from pglambda_private.claim(10)");
        operator.execute(
                "select pglambda_private.record_outcomes(ids, lease, '{\"{\\\"result\\\": 7}\"}') from claimed");
        assertThat(row("state, attempts, result")).isEqualTo("running|2|");
        assertThat(operator.value("select (pglambda_private.call_claimed(ids, lease) is null)::text from claimed"))
                .isEqualTo("true");
        assertThat(
                        operator.value(
                                "select (pglambda_private.call_claimed(ids, lease - interval '1 hour') is null)::text from again"))
                .isEqualTo("true");
        assertThat(function.calls()).isEmpty();
        operator.execute(
                "select pglambda_private.record_outcomes(ids, lease, pglambda_private.call_claimed(ids, lease)) from again");
        assertThat(row("state, result")).isEqualTo("done|1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"pg_cancel_backend", "pg_terminate_backend"})
    void interrupted_deliverer_leaves_claims_and_no_partial_record(String interrupt) {
        enqueue("process", "1", "2", "3");
        operator.execute("set aws_lambda.request_timeout_ms = 60000");
        BundleServer.LAMBDA.neverAnswers();
        String pid = operator.value("select pg_backend_pid()::text");
        CompletableFuture<Void> delivery = CompletableFuture.runAsync(this::deliver);
        Awaitility.await().until(() -> !BundleServer.LAMBDA.requests().isEmpty());
        assertThat(superuser.values("select mode from pg_locks where pid = " + pid
                        + " and relation = 'pglambda.outbox'::regclass and mode <> 'AccessShareLock'"))
                .as("no lock on the outbox during a call")
                .isEmpty();
        superuser.execute("select " + interrupt + "(" + pid + ")");
        assertThat(delivery).failsWithin(java.time.Duration.ofSeconds(30)).withThrowableOfType(Exception.class);
        assertThat(superuser.values(
                        "select distinct concat_ws('|', state, attempts, result, error) from pglambda.outbox"))
                .containsExactly("running|1");
        function = DurableFunction.on(BundleServer.LAMBDA);
        letTimePass();
        try (Sql other = database.as("operator")) {
            other.execute("call pglambda.deliver()");
        }
        assertThat(superuser.values("select distinct state || attempts from pglambda.outbox"))
                .containsExactly("done2");
    }

    @Test
    void statement_timeout_ends_a_delivery_between_whole_items() {
        enqueue("process", "1", "2");
        BundleServer.LAMBDA.neverAnswers();
        operator.execute("set statement_timeout = 300");
        assertThat(errorOf(this::deliver).sqlState()).isEqualTo("57014");
        operator.execute("reset statement_timeout");
        assertThat(operator.values(
                        "select distinct concat_ws('|', state, attempts, result, error) from pglambda.outbox"))
                .containsExactly("running|1");
        assertThat(operator.value("show search_path")).isEqualTo("\"$user\", public");
    }
}
