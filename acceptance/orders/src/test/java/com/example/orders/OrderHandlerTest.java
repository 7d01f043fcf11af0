package com.example.orders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pglambda.local.junit.LocalPlatformTest;
import dev.pglambda.local.junit.Sql;
import io.micronaut.test.annotation.MockBean;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import io.micronaut.test.support.TestPropertyProvider;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.postgresql.util.PSQLException;

@LocalPlatformTest(OrderHandler.class)
@MicronautTest(transactional = false)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OrderHandlerTest implements TestPropertyProvider {

    private final OrderServices services;

    OrderHandlerTest() throws IOException {
        services = OrderServices.start();
    }

    @Override
    public Map<String, String> getProperties() {
        return Map.of(
                "rates.url",
                services.uri().toString(),
                "rates.key",
                OrderServices.KEY,
                "aws.region",
                "eu-central-1",
                "aws.access-key-id",
                "test",
                "aws.secret-key",
                "test",
                "aws.services.s3.endpoint-override",
                services.uri().toString(),
                "aws.s3.path-style-access-enabled",
                "true");
    }

    /** In place of random ones. */
    @MockBean(OrderNumbers.class)
    OrderNumbers numbers() {
        AtomicInteger last = new AtomicInteger();
        return new OrderNumbers() {
            @Override
            public String next() {
                return "order " + last.incrementAndGet();
            }
        };
    }

    @BeforeAll
    void tables(Sql app) throws SQLException {
        for (String statement : OrderTables.statements("orders")) {
            app.asMaster().execute(statement);
        }
    }

    @AfterAll
    void stop() {
        services.close();
    }

    @Test
    void orders_are_taken_from_sql_archived_and_shown_by_page(Sql app) throws SQLException {
        String call = "select pglambda.invoke('orders', '{\"customer\": \"Ada\", \"currency\": \"EUR\", \"page\": 1,"
                + " \"lines\": [{\"article\": \"pen\", \"quantity\": 1}, {\"article\": \"ink\", \"quantity\": 2}]}')";
        app.asMaster().value(call);
        app.asMaster().value(call);
        assertThat(app.asMaster().value(call)).isEqualTo("""
                {"page": ["order 3"], "rate": 1.25, "number": "order 3", "orders": 3, \
                "articles": ["ink", "ink", "ink", "pen", "pen", "pen"]}""");
        assertThat(services.objects().get("/orders/order 1")).contains("\nink\npen\r");
    }

    @Test
    void an_order_whose_line_is_wrong_is_refused_by_the_line(Sql app) {
        assertThatThrownBy(() -> app.asMaster()
                        .value("select pglambda.invoke('orders', '{\"customer\": \"Eve\", \"currency\": \"EUR\","
                                + " \"lines\": [{\"article\": \"pen\", \"quantity\": 0}]}')"))
                .isInstanceOfSatisfying(PSQLException.class, e -> {
                    assertThat(e.getSQLState()).isEqualTo("22023");
                    assertThat(e.getServerErrorMessage().getDetail()).contains("lines[0].quantity");
                });
    }
}
