package dev.pglambda.bundle.rights;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pglambda.bundle.kit.Sql;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the users of the functions process and monitor may do. */
class FunctionPermissionTest extends PermissionFixture {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "insert into pglambda.processed_items values (1, 'a', '{}', now(), 'c')"
                        + " on conflict on constraint processed_items_pkey do nothing",
                "select * from pglambda.processed_items where id = any ('{1,2}')",
            })
    void function_process_may_store_and_compare_items(String sql) {
        assertThat(allowed("processor", sql)).isTrue();
        assertThat(allowed("app", sql)).isFalse();
        assertThat(allowed("operator", sql)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update pglambda.processed_items set value = 'other'",
                "delete from pglambda.processed_items",
                "truncate pglambda.processed_items",
                "select * from pglambda.functions",
                "select pglambda.invoke('process', '1')",
                "select process_data('1')",
                "select pglambda.enqueue('process', '1')",
                "select * from pglambda.outbox",
                "call pglambda.deliver()",
                "select aws_lambda.invoke('process', '{}'::json)",
                "create table pglambda.mine (a integer)",
                "set role pglambda_owner",
            })
    void function_process_may_do_nothing_else(String sql) {
        assertThat(allowed("processor", sql)).isFalse();
    }

    @Test
    void deliverer_may_deliver_and_see_the_state_of_the_outbox() {
        assertThat(allowed("deliverer", "select * from pglambda.outbox_status")).isTrue();
        try (Sql session = database.as("deliverer")) {
            session.execute("call pglambda.deliver()");
        }
        assertThat(allowed("processor", "select * from pglambda.outbox_status")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select * from pglambda.outbox",
                "delete from pglambda.outbox",
                "select * from pglambda.functions",
                "select * from pglambda.processed_items",
                "select pglambda.version()",
                "select pglambda.retry(1)",
                "select pglambda.invoke('process', '1')",
                "select process_data('1')",
                "select pglambda.enqueue('process', '1')",
                "select pglambda_private.end_leases()",
                "select * from pglambda_private.installation",
                "select aws_lambda.invoke('process', '{}'::json)",
                "create table pglambda.mine (a integer)",
                "set role pglambda_owner",
            })
    void deliverer_may_do_nothing_else(String sql) {
        assertThat(allowed("deliverer", sql)).isFalse();
    }
}
