package dev.pglambda.handler;

import com.fasterxml.jackson.annotation.JsonAnySetter;
import io.micronaut.context.ApplicationContext;
import io.micronaut.json.tree.JsonNode;
import io.micronaut.serde.annotation.Serdeable;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/** A handler with everything that the contract offers, for the tests of this package. */
class OrderHandler extends DatabaseHandler<OrderHandler.Order, OrderHandler.Priced> {

    volatile Call lastCall;

    /** Who ordered, and under which call id, since it was cleared. */
    final Map<String, String> callIds = new java.util.concurrent.ConcurrentHashMap<>();

    OrderHandler(ApplicationContext context) {
        super(context);
    }

    @Override
    protected Class<?> optionsType() {
        return PriceOptions.class;
    }

    @Override
    protected Priced handle(Order order, Call call) {
        lastCall = call;
        callIds.put(order.customer(), call.id());
        if (order.customer().equals("nobody")) {
            throw new HandlerException(SqlState.NO_DATA_FOUND, "customer nobody does not exist", "d", "h");
        }
        if (order.customer().equals("bug")) {
            throw new IllegalStateException("a bug");
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
