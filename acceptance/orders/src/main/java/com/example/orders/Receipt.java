package com.example.orders;

import io.micronaut.serde.annotation.Serdeable;
import java.math.BigDecimal;
import java.util.List;

/**
 * What the customer has ordered now and before.
 *
 * @param rate of the order's currency
 * @param articles of all orders of the customer
 * @param orders how many there are
 * @param page the numbers of a page of them
 */
@Serdeable
record Receipt(String number, BigDecimal rate, List<String> articles, long orders, List<String> page) {}
