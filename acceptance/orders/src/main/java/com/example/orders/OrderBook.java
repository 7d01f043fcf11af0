package com.example.orders;

import io.micronaut.data.model.Page;
import io.micronaut.data.model.Pageable;
import io.micronaut.data.model.Sort;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.math.BigDecimal;
import java.util.List;

/** Takes orders: an order is stored with all of its lines, or not at all. */
@Singleton
class OrderBook {

    private static final int PAGE_SIZE = 2;

    private final Purchases purchases;
    private final PurchaseLines lines;
    private final OrderNumbers numbers;

    OrderBook(Purchases purchases, PurchaseLines lines, OrderNumbers numbers) {
        this.purchases = purchases;
        this.lines = lines;
        this.numbers = numbers;
    }

    @Transactional
    Receipt take(NewOrder order, BigDecimal rate) {
        Purchase purchase = purchases.save(new Purchase(null, numbers.next(), order.customer(), null));
        lines.saveAll(order.lines().stream()
                .map(line -> new PurchaseLine(null, purchase, line.article(), line.quantity()))
                .toList());
        List<String> articles = purchases.findByCustomerOrderById(order.customer()).stream()
                .flatMap(earlier -> earlier.lines().stream())
                .map(PurchaseLine::article)
                .sorted()
                .toList();
        Page<Purchase> page = purchases.findByCustomer(order.customer(), page(order));
        List<String> pageOfNumbers =
                page.getContent().stream().map(Purchase::number).toList();
        return new Receipt(purchase.number(), rate, articles, page.getTotalSize(), pageOfNumbers);
    }

    private static Pageable page(NewOrder order) {
        return Pageable.from(order.page() == null ? 0 : order.page(), PAGE_SIZE, Sort.of(Sort.Order.asc("id")));
    }
}
