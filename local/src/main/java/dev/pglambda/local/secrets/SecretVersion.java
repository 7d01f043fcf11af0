package dev.pglambda.local.secrets;

import java.util.Objects;
import java.util.Optional;

/**
 * One value that a secret has, had or is to have.
 *
 * @param id the ClientRequestToken by which it was made
 * @param value empty for the version that a rotation has begun and its function has not filled yet
 */
record SecretVersion(String id, Optional<SecretValue> value, double created) {

    SecretVersion {
        Objects.requireNonNull(value);
        if (id.length() < 32 || id.length() > 64) {
            throw SecretsException.invalidParameter("ClientRequestToken must be 32 to 64 characters long.");
        }
    }

    static SecretVersion of(String id, SecretValue value, double created) {
        return new SecretVersion(id, Optional.of(value), created);
    }

    static SecretVersion pending(String id, double created) {
        return new SecretVersion(id, Optional.empty(), created);
    }
}
