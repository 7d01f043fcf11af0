package dev.pglambda.setup;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A user who is to log in, and which of the bundle's roles it is to have.
 *
 * @param secretArn the secret with its name and its password; empty for a user who logs in by IAM tokens
 * @param user the name of the latter
 */
record LoginEntry(Optional<String> secretArn, Optional<String> user, List<String> roles) {

    LoginEntry {
        Objects.requireNonNull(secretArn);
        Objects.requireNonNull(user);
        roles = List.copyOf(roles);
    }
}
