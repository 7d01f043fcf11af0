package dev.pglambda.lambda;

import com.fasterxml.jackson.annotation.JsonAnySetter;
import dev.pglambda.call.Payload;
import dev.pglambda.handler.Call;
import dev.pglambda.handler.Handler;
import dev.pglambda.handler.HandlerException;
import dev.pglambda.handler.SqlState;
import io.micronaut.json.tree.JsonNode;
import io.micronaut.serde.annotation.Serdeable;
import jakarta.inject.Singleton;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/** A handler with everything that the contract offers, for the tests of this package. */
@Singleton
class OrderHandler implements Handler<OrderHandler.Order, OrderHandler.Priced> {

    volatile Call lastCall;

    /** The callers and call ids of the orders since the list was cleared. */
    final Map<String, String> callIds = new java.util.concurrent.ConcurrentHashMap<>();

    @Override
    public Class<?> optionsType() {
        return PriceOptions.class;
    }

    @Override
    public Priced handle(Order order, Call call) {
        lastCall = call;
        callIds.put(order.customer(), call.id());
        if (order.customer().equals("nobody")) {
            throw new HandlerException(SqlState.NO_DATA_FOUND, "customer nobody does not exist", "d", "h");
        }
        if (order.customer().equals("unwritable")) {
            return new Priced("half a pair: \ud83d", BigDecimal.ONE, Map.of());
        }
        if (order.customer().equals("nul")) {
            return new Priced("\0", BigDecimal.ONE, Map.of());
        }
        if (order.customer().equals("session")) {
            throw new HandlerException("57014", "canceled", "d", "h");
        }
        if (order.customer().equals("bug")) {
            throw new IllegalStateException("a bug with row (1, secret)");
        }
        if (order.customer().equals("huge")) {
            return new Priced("x".repeat(Payload.MOST_BYTES), BigDecimal.ONE, Map.of());
        }
        BigDecimal discount = call.options(PriceOptions.class).discount();
        BigDecimal total = order.lines().stream()
                .map(line -> line.price().multiply(BigDecimal.valueOf(line.pieces())))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        return new Priced(
                order.customer(),
                discount == null ? total : total.subtract(discount),
                order.rest() == null ? Map.of() : order.rest());
    }

    @Serdeable
    record Order(
            @NotBlank String customer,
            @NotNull @Valid List<@Valid Line> lines,
            boolean express,
            @JsonAnySetter Map<String, JsonNode> rest) {
        @Override
        public Map<String, JsonNode> rest() {
            return rest;
        }
    }

    @Serdeable
    record Line(@Min(1) int pieces, @NotNull BigDecimal price) {}

    @Serdeable
    record PriceOptions(@Min(0) BigDecimal discount) {}

    @Serdeable
    record Priced(String customer, BigDecimal total, Map<String, JsonNode> rest) {}
}
