package dev.pglambda.database.credentials;

import java.util.Objects;
import java.util.Optional;

/** The keys of a role, as Lambda gives them to a function. {@code toString} shows no secret. */
record AwsKeys(String accessKeyId, String secretAccessKey, Optional<String> sessionToken) {

    AwsKeys {
        Objects.requireNonNull(accessKeyId);
        Objects.requireNonNull(secretAccessKey);
        Objects.requireNonNull(sessionToken);
    }

    @Override
    public String toString() {
        return "AwsKeys[accessKeyId=" + accessKeyId + ", secretAccessKey=***, sessionToken=***]";
    }
}
