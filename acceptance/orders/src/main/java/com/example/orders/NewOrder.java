package com.example.orders;

import io.micronaut.core.annotation.Nullable;
import io.micronaut.serde.annotation.Serdeable;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;
import java.util.List;

/**
 * What a customer orders.
 *
 * @param page which page of the customer's orders to answer with, the first by default
 */
@Serdeable
record NewOrder(
        @NotBlank String customer,
        @NotBlank String currency,
        @NotEmpty List<@NotNull @Valid Line> lines,
        @Nullable Integer page) {

    @Serdeable
    record Line(@NotBlank String article, @Positive int quantity) {}
}
