package com.example.orders;

import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.CrudRepository;

/** The articles of the orders. */
@JdbcRepository(dialect = Dialect.POSTGRES)
interface PurchaseLines extends CrudRepository<PurchaseLine, Long> {}
