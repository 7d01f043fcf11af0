package dev.pglambda.bundle.check;

import static dev.pglambda.bundle.kit.BundleServer.LAMBDA;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pglambda.bundle.kit.DurableFunction;
import org.junit.jupiter.api.Test;

/** Rows of pglambda.check about durable calls. */
class CheckOutboxTest extends CheckFixture {

    @Test
    void durable_call_that_is_late_is_delivered() {
        DurableFunction.on(LAMBDA);
        master.execute("select pglambda.enqueue('process', '1')");
        assertThat(failing()).doesNotContain("delivery");
        master.execute("update pglambda.outbox set due_at = now() - interval '6 minutes'");
        repair("delivery", "1 calls are late, the first since ");
        assertThat(failing()).doesNotContain("delivery");
    }

    @Test
    void durable_call_of_a_deliverer_that_is_gone_is_delivered() {
        DurableFunction.on(LAMBDA);
        master.execute("select pglambda.enqueue('process', '1')");
        master.execute("update pglambda.outbox set state = 'running', lease_until = now() - interval '2 minutes'");
        repair("delivery", "the deliverers of 1 calls are gone");
        assertThat(master.value("select state from pglambda.outbox")).isEqualTo("done");
    }

    @Test
    void durable_calls_of_functions_that_cannot_be_called_wait_for_them() {
        master.execute("select pglambda.enqueue('process', '1')");
        master.execute("select pglambda.register('process', timeout_ms => 900), pglambda.disable('process')");
        repair("functions of durable calls", "1 calls wait for process, which is disabled");
        assertThat(master.value("select f::text from pglambda.functions f where name = 'process'"))
                .isEqualTo("(process,,process,,live,900,1000,,10,t)");
    }

    @Test
    void dead_durable_call_is_tried_again() {
        master.execute("select pglambda.enqueue('process', '1')");
        master.execute("update pglambda.outbox set state = 'dead', finished_at = now()");
        repair("dead durable calls", "1 were given up");
        assertThat(master.value("select state from pglambda.outbox")).isEqualTo("waiting");
    }
}
