package com.example.orders;

import io.micronaut.core.annotation.Nullable;
import io.micronaut.data.annotation.GeneratedValue;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import io.micronaut.data.annotation.Relation;

/** An article of an order. */
@MappedEntity
record PurchaseLine(
        @Id @GeneratedValue @Nullable Long id,
        @Relation(Relation.Kind.MANY_TO_ONE) @Nullable Purchase purchase,
        String article,
        int quantity) {}
