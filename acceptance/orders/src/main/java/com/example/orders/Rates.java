package com.example.orders;

import io.micronaut.context.annotation.Value;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.client.HttpClient;
import io.micronaut.http.client.annotation.Client;
import jakarta.inject.Singleton;
import java.math.BigDecimal;

/** Today's rates, from a service that wants a key. */
@Singleton
class Rates {

    private final HttpClient service;
    private final String key;

    Rates(@Client("${rates.url}") HttpClient service, @Value("${rates.key}") String key) {
        this.service = service;
        this.key = key;
    }

    BigDecimal of(String currency) {
        HttpRequest<?> request = HttpRequest.GET("/rates/" + currency).header("X-Api-Key", key);
        return service.toBlocking().retrieve(request, BigDecimal.class);
    }
}
