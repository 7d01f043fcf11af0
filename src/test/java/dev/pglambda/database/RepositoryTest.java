package dev.pglambda.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Micronaut Data JDBC on our pool: repositories, declared transactions and the injected data source, all of a piece. */
class RepositoryTest {

    private static final Deadline SOON = Deadline.of(Duration.ofMinutes(5));

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
    }

    @Singleton
    static class Shelf {

        private final Books books;

        Shelf(Books books) {
            this.books = books;
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
}
