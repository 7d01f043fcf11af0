package dev.pglambda.local.secrets;

import java.util.Objects;

/** One value that a secret has or had. */
record SecretVersion(String id, SecretValue value, double created) {

    SecretVersion {
        Objects.requireNonNull(value);
        if (id.length() < 32 || id.length() > 64) {
            throw SecretsException.invalidParameter("ClientRequestToken must be 32 to 64 characters long.");
        }
    }
}
