package dev.pglambda.local.secrets;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * What is secret: text, or bytes in base64. Never prints.
 *
 * @param isText whether it came as {@code SecretString}
 */
record SecretValue(String content, boolean isText) {

    private static final int MAX_BYTES = 65_536;

    SecretValue {
        int bytes = isText ? content.getBytes(StandardCharsets.UTF_8).length : decoded(content).length;
        if (bytes < 1 || bytes > MAX_BYTES) {
            throw SecretsException.invalidParameter(
                    "A secret value has 1 to " + MAX_BYTES + " bytes, and this one " + bytes + ".");
        }
    }

    static SecretValue text(String text) {
        return new SecretValue(text, true);
    }

    static SecretValue binary(String base64) {
        return new SecretValue(base64, false);
    }

    private static byte[] decoded(String base64) {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw SecretsException.invalidParameter("SecretBinary is not base64.");
        }
    }

    @Override
    public String toString() {
        return "***";
    }
}
