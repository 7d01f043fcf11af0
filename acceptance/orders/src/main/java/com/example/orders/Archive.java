package com.example.orders;

import jakarta.inject.Singleton;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/** Where orders are kept for ever. */
@Singleton
class Archive {

    private final S3Client s3;

    Archive(S3Client s3) {
        this.s3 = s3;
    }

    void keep(Receipt receipt) {
        s3.putObject(
                put -> put.bucket("orders").key(receipt.number()),
                RequestBody.fromString(String.join("\n", receipt.articles())));
    }
}
