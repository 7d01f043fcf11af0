package dev.pglambda.bundle.durable;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pglambda.bundle.kit.BundleServer;
import dev.pglambda.bundle.kit.Sql;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Claims among many done items: 20,000, or as many as the system property {@code pglambda.outbox.rows} says. Leaves the plans
 * and times that docs/performance.md shows in {@code target/claim-plan.txt}.
 */
class ClaimPlanTest {

    private static final int ROWS = Integer.getInteger("pglambda.outbox.rows", 20_000);

    private BundleServer database;
    private Sql superuser;

    @BeforeEach
    void fill() {
        database = BundleServer.cloned();
        superuser = database.asSuperuser();
        superuser.execute("select pglambda.register('process', 'process', max_batch_items => 100)");
    }

    @AfterEach
    void drop() {
        database.drop();
    }

    /** With any statistics: of an empty table, of a queue that has just been emptied, or of the table as it is. */
    @ParameterizedTest
    @ValueSource(strings = {"never", "before", "after"})
    void claim_reads_due_items_and_no_done_ones(String analyzed) throws SQLException, IOException {
        if (analyzed.equals("before")) {
            superuser.execute("analyze pglambda.outbox");
        }
        superuser.execute("""
                insert into pglambda.outbox (function, item, state, due_at, finished_at, result)
                select 'process', jsonb_build_object('id', i), 'done', now() - i * interval '1 s', now() - i * interval '1 s',
                       jsonb_build_object('status', 'success', 'message', 'Data processed successfully')
                  from generate_series(1, %d) i;
                select pglambda.enqueue('process', to_jsonb(i)) from generate_series(1, 3000) i;
                """.formatted(ROWS));
        if (analyzed.equals("after")) {
            superuser.execute("analyze pglambda.outbox");
        }
        String plans = plansOf("select pglambda_private.claim(100)");
        assertThat(plans)
                .contains("Index Scan using outbox_waiting on outbox")
                .contains("Index Scan using outbox_running on outbox")
                .doesNotContain("Seq Scan on outbox");
        superuser.execute("begin; select pglambda_private.claim(100)");
        assertThat(Integer.parseInt(superuser.value("select (seq_tup_read + idx_tup_fetch)::text"
                        + " from pg_stat_xact_user_tables where relid = 'pglambda.outbox'::regclass")))
                .as("rows looked at for 100")
                .isBetween(100, 1000);
        superuser.execute("commit");
        if (analyzed.equals("after")) {
            Files.writeString(Path.of("target/claim-plan.txt"), times() + plans);
        }
    }

    @Test
    void records_and_purges_read_only_what_they_change() throws SQLException {
        superuser.execute("insert into pglambda.outbox (function, item, state, due_at, finished_at)"
                + " select 'process', '1', 'done', now(), now() - i * interval '1 s' from generate_series(1, " + ROWS
                + ") i");
        superuser.execute("select pglambda.enqueue('process', to_jsonb(i)) from generate_series(1, 100) i");
        String plans = plansOf(
                "select pglambda_private.record_outcomes(ids, lease, array_fill('{\"result\": 1}'::jsonb, '{100}'))"
                        + " from pglambda_private.claim(100)");
        assertThat(plans).contains("outbox_pkey").doesNotContain("Seq Scan on outbox");
        assertThat(plansOf("select pglambda_private.purge_done('1 hour', 100)"))
                .contains("Index Scan using outbox_finished on outbox")
                .doesNotContain("Seq Scan on outbox");
    }

    /** The plans, also of the statements inside, as they were executed. */
    private String plansOf(String sql) throws SQLException {
        superuser.execute("""
                load 'auto_explain';
                set auto_explain.log_min_duration = 0;
                set auto_explain.log_nested_statements = on;
                set auto_explain.log_analyze = on;
                set auto_explain.log_buffers = on;
                set client_min_messages = log;
                """);
        StringBuilder plans = new StringBuilder();
        try (Statement statement = superuser.connection().createStatement()) {
            statement.execute(sql);
            for (SQLWarning plan = statement.getWarnings(); plan != null; plan = plan.getNextWarning()) {
                plans.append(plan.getMessage()).append("\n\n");
            }
        }
        superuser.execute("set auto_explain.log_min_duration = -1; reset client_min_messages");
        return plans.toString();
    }

    private String times() {
        List<Double> millis = new ArrayList<>();
        for (int i = 0; i < 21; i++) {
            long start = System.nanoTime();
            superuser.execute("select pglambda_private.claim(100)");
            millis.add((System.nanoTime() - start) / 1e6);
        }
        millis.sort(null);
        return String.format(
                Locale.ROOT,
                "claims of 100 items beside %d done ones: median %.1f ms, slowest of 21 %.1f ms%n%n",
                ROWS,
                millis.get(10),
                millis.get(20));
    }
}
