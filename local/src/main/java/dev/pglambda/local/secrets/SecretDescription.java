package dev.pglambda.local.secrets;

import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * What is known of a secret beside its value.
 *
 * @param text may be empty
 * @param tags as they came; only kept and shown
 */
record SecretDescription(String name, String text, List<?> tags) {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9/_+=.@!-]{1,512}");

    SecretDescription {
        Objects.requireNonNull(text);
        tags = List.copyOf(tags);
        if (!NAME.matcher(name).matches()) {
            throw SecretsException.invalidParameter("Invalid name. Must be a valid name containing alphanumeric"
                    + " characters, or any of the following: -/_+=.@!");
        }
    }

    static SecretDescription named(String name) {
        return new SecretDescription(name, "", List.of());
    }

    SecretDescription withText(String other) {
        return new SecretDescription(name, other, tags);
    }
}
