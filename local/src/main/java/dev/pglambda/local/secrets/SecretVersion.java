package dev.pglambda.local.secrets;

import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;

/**
 * One value that a secret has, had or is to have. Never prints it.
 *
 * @param id the ClientRequestToken by which it was made
 * @param value empty for the version that a rotation has begun and its function has not filled yet
 */
record SecretVersion(String id, Optional<String> value, double created) {

    private static final int MAX_BYTES = 65_536;

    SecretVersion {
        Objects.requireNonNull(value);
        if (id.length() < 32 || id.length() > 64) {
            throw SecretsException.invalidParameter("ClientRequestToken must be 32 to 64 characters long.");
        }
        int bytes =
                value.map(text -> text.getBytes(StandardCharsets.UTF_8).length).orElse(1);
        if (bytes < 1 || bytes > MAX_BYTES) {
            throw SecretsException.invalidParameter(
                    "A secret value has 1 to " + MAX_BYTES + " bytes, and this one " + bytes + ".");
        }
    }

    @Override
    public String toString() {
        return "SecretVersion[" + id + "]";
    }
}
