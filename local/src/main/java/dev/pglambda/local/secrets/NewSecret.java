package dev.pglambda.local.secrets;

import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * A secret without its value.
 *
 * @param description may be empty
 * @param tags as they came; only kept and shown
 */
record NewSecret(String name, String description, List<?> tags) {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9/_+=.@!-]{1,512}");

    NewSecret {
        Objects.requireNonNull(description);
        tags = List.copyOf(tags);
        if (!NAME.matcher(name).matches()) {
            throw SecretsException.invalidParameter("Invalid name. Must be a valid name containing alphanumeric"
                    + " characters, or any of the following: -/_+=.@!");
        }
    }

    static NewSecret named(String name) {
        return new NewSecret(name, "", List.of());
    }
}
