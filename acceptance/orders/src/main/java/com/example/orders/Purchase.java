package com.example.orders;

import io.micronaut.core.annotation.Nullable;
import io.micronaut.data.annotation.GeneratedValue;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import io.micronaut.data.annotation.Relation;
import java.util.List;

/** An order that was taken. */
@MappedEntity
record Purchase(
        @Id @GeneratedValue @Nullable Long id,
        String number,
        String customer,

        @Relation(value = Relation.Kind.ONE_TO_MANY, mappedBy = "purchase") @Nullable
        List<PurchaseLine> lines) {}
