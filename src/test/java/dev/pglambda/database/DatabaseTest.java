package dev.pglambda.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.pglambda.database.testkit.TestServer;
import dev.pglambda.handler.Deadline;
import io.micronaut.context.ApplicationContext;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DatabaseTest {

    private static final Deadline SOON = Deadline.of(Duration.ofMinutes(5));

    private static ApplicationContext context;
    private static Database database;

    enum Colour {
        RED
    }

    @BeforeAll
    static void start() {
        TestServer.shared().sql("create table item(id int constraint item_pkey primary key, name text)");
        TestServer.shared().sql("grant all on item to app");
        context = ApplicationContext.run(TestServer.shared().direct());
        database = context.getBean(Database.class);
    }

    @AfterAll
    static void stop() {
        context.close();
        TestServer.shared().sql("drop table item");
    }

    @BeforeEach
    void empty() {
        database.update(SOON, "truncate item");
    }

    private static int items() {
        return database.query(SOON, "select count(*) from item", row -> row.getInt(1))
                .get(0);
    }

    @Test
    void update_returns_how_many_rows_it_changed_and_query_maps_them() {
        assertThat(database.update(SOON, "insert into item values (?, ?), (?, ?)", 1, "one", 2, null))
                .isEqualTo(2);
        assertThat(database.query(SOON, "select name from item where id >= ? order by id", r -> r.getString(1), 1))
                .containsExactly("one", null);
        assertThat(database.update(SOON, "delete from item where id = ?", 7)).isZero();
        assertThat(database.update(SOON, "select 1")).isZero();
    }

    @Test
    void works_without_a_deadline_too() {
        assertThat(database.update(Deadline.none(), "insert into item values (?, ?)", 1, "one"))
                .isEqualTo(1);
        assertThat(database.query(Deadline.none(), "select id from item", row -> row.getInt(1)))
                .containsExactly(1);
        assertThat(database.<Integer, RuntimeException>inTransaction(
                        Deadline.none(), tx -> tx.update("delete from item where id = ?", 1)))
                .isEqualTo(1);
    }

    @Test
    void binds_the_types_that_people_use() {
        Instant now = Instant.parse("2026-01-02T03:04:05.678901Z");
        UUID id = UUID.randomUUID();
        List<String> row = database.query(
                SOON,
                "select ?::timestamptz at time zone 'UTC', ?::uuid, ?, ?::jsonb ->> 'a', ?::int[], ?",
                r -> r.getString(1) + "|" + r.getString(2) + "|" + r.getString(3) + "|" + r.getString(4) + "|"
                        + r.getString(5) + "|" + r.getBoolean(6),
                now,
                id,
                Colour.RED,
                "{\"a\": \"b\"}",
                new Integer[] {1, 2},
                true);
        assertThat(row).containsExactly("2026-01-02 03:04:05.678901|" + id + "|RED|b|{1,2}|true");
    }

    @Test
    void a_transaction_commits_on_return() {
        String result = database.inTransaction(SOON, tx -> {
            tx.update("insert into item values (1, 'one')");
            tx.update("insert into item values (2, 'two')");
            return tx.query("select string_agg(name, ',' order by id) from item", row -> row.getString(1))
                    .get(0);
        });
        assertThat(result).isEqualTo("one,two");
        assertThat(items()).isEqualTo(2);
    }

    @Test
    void what_the_work_throws_rolls_back_and_arrives_as_it_is() {
        IOException checked = new IOException("mine");
        assertThatThrownBy(() -> database.inTransaction(SOON, tx -> {
                    tx.update("insert into item values (1, 'one')");
                    throw checked;
                }))
                .isSameAs(checked);
        Error error = new AssertionError("mine");
        assertThatThrownBy(() -> database.inTransaction(SOON, tx -> {
                    tx.update("insert into item values (1, 'one')");
                    throw error;
                }))
                .isSameAs(error);
        assertThat(items()).isZero();
    }

    @Test
    void a_failed_statement_has_its_sqlstate_and_fails_the_transaction() {
        database.update(SOON, "insert into item values (1, 'one')");
        assertThatThrownBy(() -> database.update(SOON, "insert into item values (1, 'other')"))
                .asInstanceOf(type(DatabaseException.class))
                .returns("23505", DatabaseException::sqlState)
                .matches(e -> e.getMessage().contains("item_pkey"));
        assertThatThrownBy(() -> database.inTransaction(SOON, tx -> {
                    tx.update("insert into item values (2, 'two')");
                    try {
                        tx.update("insert into item values (1, 'other')");
                    } catch (DatabaseException e) {
                        // the transaction has failed nevertheless, and its commit must say so
                    }
                    return null;
                }))
                .asInstanceOf(type(DatabaseException.class))
                .returns("25P02", DatabaseException::sqlState);
        assertThat(items()).isEqualTo(1);
    }

    @Test
    void everything_joins_an_open_transaction_of_its_thread() {
        assertThatThrownBy(() -> database.inTransaction(SOON, outer -> {
                    outer.update("insert into item values (1, 'one')");
                    assertThat(items()).isEqualTo(1);
                    database.inTransaction(SOON, inner -> inner.update("insert into item values (2, 'two')"));
                    database.repeatable().update(SOON, "insert into item values (3, 'three')");
                    assertThat(items()).isEqualTo(3);
                    throw new IllegalStateException("roll all of it back");
                }))
                .hasMessage("roll all of it back");
        assertThat(items()).isZero();
    }

    @Test
    void a_limit_of_one_statement_leaves_nothing_behind_on_the_session() {
        Deadline minute = Deadline.of(Duration.ofMinutes(1));
        database.query(minute, "select 1", row -> row.getInt(1));
        database.inTransaction(minute, tx -> tx.update("insert into item values (1, 'one')"));
        assertThat(database.query(Deadline.none(), "show statement_timeout", row -> row.getString(1)))
                .containsExactly("0");
    }

    @Test
    void repeatable_work_runs_again_after_a_passing_failure_and_keeps_the_earlier_ones() {
        int[] runs = {0};
        assertThat(database.repeatable().<String, RuntimeException>inTransaction(SOON, tx -> {
                    tx.update("insert into item values (?, 'x')", ++runs[0]);
                    return runs[0] < 3 ? fail(tx, "40001") : "done";
                }))
                .isEqualTo("done");
        assertThat(items()).as("failed attempts are rolled back").isEqualTo(1);
        runs[0] = 0;
        assertThatThrownBy(
                        () -> database.repeatable().inTransaction(SOON, tx -> fail(tx, "40P0" + (1 + 0 * runs[0]++))))
                .asInstanceOf(type(DatabaseException.class))
                .returns("40P01", DatabaseException::sqlState)
                .matches(e -> e.getSuppressed().length == 3);
        assertThat(runs[0]).isEqualTo(4);
    }

    @Test
    void other_failures_and_other_work_are_never_repeated() {
        int[] runs = {0};
        assertThatThrownBy(() -> database.repeatable().inTransaction(SOON, tx -> {
                    runs[0]++;
                    return fail(tx, "23505");
                }))
                .isInstanceOf(DatabaseException.class);
        assertThatThrownBy(() -> database.inTransaction(SOON, tx -> {
                    runs[0]++;
                    return fail(tx, "40001");
                }))
                .isInstanceOf(DatabaseException.class);
        assertThat(runs[0]).isEqualTo(2);
    }

    @Test
    void repetition_ends_before_the_deadline() {
        long start = System.nanoTime();
        assertThatThrownBy(() -> database.repeatable()
                        .inTransaction(Deadline.of(Duration.ofMillis(300)), tx -> fail(tx, "40001")))
                .asInstanceOf(type(DatabaseException.class))
                .returns("40001", DatabaseException::sqlState);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMillis(600));
    }

    private static String fail(Transaction tx, String sqlState) {
        tx.update("do $$ begin raise exception using errcode = '" + sqlState + "'; end $$");
        return "not reached";
    }

    @Test
    void check_returns_version_and_user() {
        Check check = database.check();
        assertThat(check.ok()).isTrue();
        assertThat(check.detail()).startsWith("PostgreSQL 17").endsWith(", app");
        assertThat(check.sqlState()).isEmpty();
        assertThat(check.idle()).isPositive();
    }

    @Test
    void after_close_work_fails_with_08003() {
        try (ApplicationContext other =
                ApplicationContext.run(TestServer.shared().direct())) {
            Database closed = other.getBean(Database.class);
            closed.warmUp(SOON);
            closed.close();
            closed.close();
            assertThatThrownBy(() -> closed.update(SOON, "select 1"))
                    .asInstanceOf(type(DatabaseException.class))
                    .returns("08003", DatabaseException::sqlState);
            assertThat(closed.check().ok()).isFalse();
            closed.forgetCredentials();
        }
    }
}
