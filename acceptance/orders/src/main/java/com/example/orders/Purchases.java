package com.example.orders;

import io.micronaut.data.annotation.Join;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.Page;
import io.micronaut.data.model.Pageable;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.CrudRepository;
import java.util.List;

/** The orders. */
@JdbcRepository(dialect = Dialect.POSTGRES)
interface Purchases extends CrudRepository<Purchase, Long> {

    @Join("lines")
    List<Purchase> findByCustomerOrderById(String customer);

    Page<Purchase> findByCustomer(String customer, Pageable page);
}
