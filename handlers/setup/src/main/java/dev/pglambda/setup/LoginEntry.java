package dev.pglambda.setup;

import java.util.List;
import java.util.Objects;

/** A user who is to log in with what a secret says, and which of the bundle's roles it is to have. */
record LoginEntry(String secretArn, List<String> roles) {

    LoginEntry {
        Objects.requireNonNull(secretArn);
        roles = List.copyOf(roles);
    }
}
