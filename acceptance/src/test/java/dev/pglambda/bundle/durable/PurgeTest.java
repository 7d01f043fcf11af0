package dev.pglambda.bundle.durable;

import static dev.pglambda.bundle.kit.Sql.errorOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pglambda.bundle.kit.SqlError;
import org.junit.jupiter.api.Test;

/** What is removed from the outbox. */
class PurgeTest extends DeliveryFixture {

    @Test
    void purge_removes_done_and_dead_items_of_that_age_and_nothing_else() {
        enqueue("process", "1", "{\"sqlstate\": \"22023\"}", "{\"sqlstate\": \"38000\"}");
        deliver();
        superuser.execute("update pglambda.outbox set finished_at = finished_at - interval '1 day'");
        enqueue("process", "4");
        deliver();
        assertThat(operator.value("select pglambda.purge('1 hour')::text")).isEqualTo("2");
        assertThat(operator.values("select state || item from pglambda.outbox order by id"))
                .containsExactly("waiting{\"sqlstate\": \"38000\"}", "done4");
        assertThat(errorOf(() -> operator.execute("select pglambda.purge(null)"))
                        .sqlState())
                .isEqualTo("22004");
    }

    @Test
    void a_negative_age_is_refused_and_removes_nothing() {
        enqueue("process", "1");
        deliver();
        SqlError error = errorOf(() -> operator.execute("select pglambda.purge('-1 day')"));
        assertThat(error.sqlState()).isEqualTo("22023");
        assertThat(error.detail()).contains("It is -1 days.");
        assertThat(count("done")).isEqualTo(1);
    }

    @Test
    void deliverers_remove_old_done_items_and_keep_dead_ones() {
        superuser.execute("insert into pglambda.outbox (function, item, state, due_at, finished_at)"
                + " select 'process', '1', case i when 1 then 'dead' else 'done' end, now(), now() - i * interval '1 hour'"
                + " from generate_series(1, 2500) i");
        operator.execute("call pglambda.deliver(keep => null)");
        assertThat(count("done")).isEqualTo(2499);
        operator.execute("call pglambda.deliver()");
        assertThat(count("done")).as("in small steps").isEqualTo(1499);
        operator.execute("call pglambda.deliver()");
        operator.execute("call pglambda.deliver(keep => '100 hours')");
        assertThat(count("done")).isEqualTo(99 - 1);
        operator.execute("call pglambda.deliver(keep => '0')");
        assertThat(count("done")).isZero();
        assertThat(count("dead")).isEqualTo(1);
    }
}
