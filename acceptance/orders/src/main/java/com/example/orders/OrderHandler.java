package com.example.orders;

import dev.pglambda.database.Database;
import dev.pglambda.handler.Call;
import dev.pglambda.handler.Handler;
import jakarta.inject.Singleton;
import java.math.BigDecimal;

/** Function {@code orders}. */
@Singleton
class OrderHandler implements Handler<NewOrder, Receipt> {

    private final Rates rates;
    private final Database database;
    private final OrderBook book;
    private final Archive archive;

    OrderHandler(Rates rates, Database database, OrderBook book, Archive archive) {
        this.rates = rates;
        this.database = database;
        this.book = book;
        this.archive = archive;
    }

    @Override
    public Receipt handle(NewOrder order, Call call) {
        BigDecimal rate = rates.of(order.currency());
        Receipt receipt = database.inTransaction(call.deadline(), tx -> book.take(order, rate));
        archive.keep(receipt);
        return receipt;
    }
}
