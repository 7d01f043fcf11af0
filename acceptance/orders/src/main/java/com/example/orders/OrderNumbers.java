package com.example.orders;

import jakarta.inject.Singleton;
import java.util.UUID;

/** The numbers by which customers know their orders. */
@Singleton
class OrderNumbers {

    public String next() {
        return UUID.randomUUID().toString();
    }
}
