package dev.pglambda.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.pglambda.database.settings.SqlStates;
import dev.pglambda.database.testkit.TestServer;
import dev.pglambda.handler.Deadline;
import io.micronaut.context.ApplicationContext;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.CrudRepository;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Micronaut Data JDBC on our pool: repositories, declared transactions and the injected data source together. */
class RepositoryTest {

    private static final Deadline SOON = Deadline.of(Duration.ofMinutes(5));

    private static final String LIMIT =
            "select setting::bigint from pg_catalog.pg_settings where name = 'statement_timeout'";

    /** Half a second for each row. */
    private static final String SLOW = "insert into book select ?, 'slow' || pg_sleep(0.5)";

    private static ApplicationContext context;
    private static Database database;
    private static Books books;

    @MappedEntity("book")
    record Book(@Id int id, String title) {}

    @JdbcRepository(dialect = Dialect.POSTGRES)
    interface Books extends CrudRepository<Book, Integer> {

        List<Book> findByTitleStartsWith(String start);

        @Query(value = "select pg_sleep(:seconds) is null", nativeQuery = true)
        boolean sleep(double seconds);

        @Query(value = "select set_config('statement_timeout', :limit, true)", nativeQuery = true)
        String setLimit(String limit);

        @Query(value = LIMIT, nativeQuery = true)
        long limit();
    }

    @Singleton
    static class Shelf {

        private final Books books;

        Shelf(Books books) {
            this.books = books;
        }

        /** The time-out of the transaction before, during and after the work. */
        @Transactional
        List<Long> limitsAround(Supplier<Long> work) {
            books.setLimit("77s");
            return List.of(books.limit(), work.get(), books.limit());
        }

        @Transactional
        void addBoth(Book one, Book two) {
            books.save(one);
            books.save(two);
        }
    }

    @BeforeAll
    static void start() {
        TestServer.shared().sql("create table book(id int primary key, title text)");
        TestServer.shared().sql("grant all on book to app");
        context = ApplicationContext.run(TestServer.shared().direct("db.pool-max", 1));
        database = context.getBean(Database.class);
        books = context.getBean(Books.class);
    }

    @AfterAll
    static void stop() {
        context.close();
        TestServer.shared().sql("drop table book");
    }

    @BeforeEach
    void empty() {
        books.deleteAll();
    }

    @Test
    void a_repository_works_alone() {
        books.save(new Book(1, "Dune"));
        books.saveAll(List.of(new Book(2, "Dubliners"), new Book(3, "Emma")));
        assertThat(books.findByTitleStartsWith("Du"))
                .containsExactlyInAnyOrder(new Book(1, "Dune"), new Book(2, "Dubliners"));
    }

    @Test
    void a_declared_transaction_is_all_or_nothing() {
        Shelf shelf = context.getBean(Shelf.class);
        assertThatThrownBy(() -> shelf.addBoth(new Book(1, "Dune"), new Book(1, "Emma")))
                .satisfies(
                        e -> assertThat(SqlStates.sqlException(e).orElseThrow().getSQLState())
                                .isEqualTo("23505"));
        assertThat(books.count()).isZero();
        shelf.addBoth(new Book(1, "Dune"), new Book(2, "Emma"));
        assertThat(books.count()).isEqualTo(2);
    }

    /** With a pool of one, a second connection would wait for itself. */
    @Test
    void repositories_and_the_data_source_join_the_transaction_of_the_database() {
        DataSource dataSource = context.getBean(DataSource.class);
        assertThatThrownBy(() -> database.inTransaction(SOON, tx -> {
                    books.save(new Book(1, "Dune"));
                    assertThat(tx.query("select title from book", row -> row.getString(1)))
                            .containsExactly("Dune");
                    assertThat(count(dataSource)).isEqualTo(1);
                    assertThat(count(dataSource))
                            .as("closing it closed nothing")
                            .isEqualTo(1);
                    throw new IllegalStateException("roll back");
                }))
                .hasMessage("roll back");
        assertThat(books.count()).isZero();
    }

    @Test
    void the_data_source_works_alone() throws SQLException {
        DataSource dataSource = context.getBean(DataSource.class);
        books.save(new Book(1, "Dune"));
        assertThat(count(dataSource)).isEqualTo(1);
        assertThat(count(dataSource)).isEqualTo(1);
    }

    private static int count(DataSource dataSource) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select count(*) from book")) {
            rows.next();
            return rows.getInt(1);
        }
    }

    @Test
    void a_repository_obeys_the_deadline_of_its_transaction() {
        long begin = System.nanoTime();
        assertThatThrownBy(() -> database.inTransaction(Deadline.of(Duration.ofMillis(300)), tx -> books.sleep(10)))
                .satisfies(
                        e -> assertThat(SqlStates.sqlException(e).orElseThrow().getSQLState())
                                .isEqualTo("57014"));
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofMillis(1500));
    }

    @Test
    void a_failed_repository_call_makes_repeatable_work_run_again_when_it_may() {
        int[] runs = {0};
        boolean done = database.repeatable().inTransaction(SOON, tx -> {
            if (++runs[0] == 1) {
                TestServer.shared()
                        .sql("select pg_terminate_backend("
                                + tx.query("select pg_backend_pid()", row -> row.getInt(1))
                                        .get(0) + ")");
            }
            books.save(new Book(runs[0], "Dune"));
            return true;
        });
        assertThat(done).isTrue();
        assertThat(books.findAll()).containsExactly(new Book(2, "Dune"));
    }

    /** Each of the five statements alone would end in time. */
    @Test
    void all_repository_calls_of_a_transaction_share_its_deadline_and_nothing_is_committed_after_it() {
        long begin = System.nanoTime();
        assertThatThrownBy(() -> database.inTransaction(Deadline.of(Duration.ofMillis(1500)), tx -> {
                    books.save(new Book(1, "Dune"));
                    for (int i = 0; i < 5; i++) {
                        books.sleep(0.5);
                    }
                    return null;
                }))
                .satisfies(
                        e -> assertThat(SqlStates.sqlException(e).orElseThrow().getSQLState())
                                .isEqualTo("57014"));
        assertThat(Duration.ofNanos(System.nanoTime() - begin))
                .isBetween(Duration.ofMillis(1400), Duration.ofMillis(1900));
        assertThat(books.count()).isZero();
    }

    @Test
    void a_statement_that_is_executed_again_and_again_keeps_the_deadline() {
        endsInTime(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(SLOW)) {
                for (int i = 1; i <= 5; i++) {
                    statement.setInt(1, i);
                    statement.executeUpdate();
                }
            }
        });
    }

    /** The server limits each statement of a batch by itself. */
    @Test
    void all_statements_of_a_batch_share_the_deadline_and_the_session_survives() {
        SqlWork batch = connection -> {
            try (PreparedStatement statement = connection.prepareStatement(SLOW)) {
                for (int i = 1; i <= 5; i++) {
                    statement.setInt(1, i);
                    statement.addBatch();
                }
                statement.executeBatch();
            }
        };
        int session = session();
        endsInTime(batch);
        assertThat(session()).isEqualTo(session);
    }

    private static int session() {
        return database.query(SOON, "select pg_backend_pid()", row -> row.getInt(1))
                .get(0);
    }

    private interface SqlWork {
        void with(Connection connection) throws SQLException;
    }

    /** In a transaction that has time for less than three of the five. */
    private static void endsInTime(SqlWork work) {
        DataSource dataSource = context.getBean(DataSource.class);
        long begin = System.nanoTime();
        assertThatThrownBy(() -> database.inTransaction(Deadline.of(Duration.ofMillis(1400)), tx -> {
                    try (Connection connection = dataSource.getConnection()) {
                        work.with(connection);
                    }
                    return null;
                }))
                .satisfies(
                        e -> assertThat(SqlStates.sqlException(e).orElseThrow().getSQLState())
                                .isEqualTo("57014"));
        assertThat(Duration.ofNanos(System.nanoTime() - begin))
                .isBetween(Duration.ofMillis(1300), Duration.ofMillis(1590));
        assertThat(books.count()).isZero();
    }

    @Test
    void work_that_takes_its_time_between_statements_is_not_committed_after_the_deadline() {
        Deadline deadline = Deadline.of(Duration.ofMillis(300));
        assertThatThrownBy(() -> database.inTransaction(deadline, tx -> {
                    books.save(new Book(1, "Dune"));
                    await().until(deadline::isExpired);
                    return null;
                }))
                .isInstanceOfSatisfying(
                        DatabaseException.class, e -> assertThat(e.sqlState()).isEqualTo("57014"));
        assertThat(books.count()).isZero();
    }

    @Test
    void work_that_joins_takes_the_earlier_deadline_and_restores_the_outer_one() {
        database.inTransaction(Deadline.of(Duration.ofSeconds(30)), outer -> {
            assertThat(database.query(Deadline.of(Duration.ofSeconds(1)), LIMIT, row -> row.getLong(1))
                            .get(0))
                    .isLessThanOrEqualTo(1_000);
            assertThat(books.limit()).isGreaterThan(20_000);
            database.inTransaction(Deadline.of(Duration.ofSeconds(2)), inner -> {
                assertThat(books.limit()).isLessThanOrEqualTo(2_000);
                return null;
            });
            assertThat(books.limit()).isGreaterThan(20_000);
            database.inTransaction(Deadline.of(Duration.ofMinutes(10)), inner -> {
                assertThat(books.limit()).isLessThanOrEqualTo(30_000);
                return null;
            });
            return books.sleep(1.5); // longer than the limit of the work that joined
        });
    }

    @Test
    void a_statement_that_joins_a_declared_transaction_leaves_its_limit_alone() {
        Deadline second = Deadline.of(Duration.ofSeconds(1));
        List<Long> limits = context.getBean(Shelf.class)
                .limitsAround(() ->
                        database.query(second, LIMIT, row -> row.getLong(1)).get(0));
        assertThat(limits.get(0)).isEqualTo(77_000);
        assertThat(limits.get(1)).isBetween(1L, 1_000L);
        assertThat(limits.get(2)).isEqualTo(77_000);
    }

    @Test
    void a_connection_that_is_lent_keeps_the_deadline_in_and_outside_of_transactions() throws SQLException {
        for (boolean autoCommit : new boolean[] {true, false}) {
            assertThatThrownBy(() -> database.withConnection(Deadline.of(Duration.ofMillis(400)), connection -> {
                        connection.setAutoCommit(autoCommit);
                        try (Statement statement = connection.createStatement()) {
                            statement.execute("select pg_sleep(0.2)");
                        }
                        try (Statement statement = connection.createStatement()) {
                            return statement.execute("select pg_sleep(10)");
                        }
                    }))
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("57014"));
        }
        assertThat(books.limit()).as("nothing is left on the session").isZero();
    }
}
