package dev.pglambda.database.credentials;

import java.util.Objects;
import org.postgresql.util.PasswordUtil;

/**
 * A user of the database and the verifier of its password. The verifier is made here, so that the password itself is in
 * no statement and in no log of the server. Its salt makes it another one each time. {@code toString} does not show it.
 *
 * @param verifier SCRAM-SHA-256, in the form that {@code ALTER ROLE … PASSWORD} takes for the password
 */
public record Login(String user, String verifier) {

    public Login {
        Objects.requireNonNull(user);
        Objects.requireNonNull(verifier);
    }

    static Login of(String user, String password) {
        return new Login(user, PasswordUtil.encodeScramSha256(password.toCharArray()));
    }

    @Override
    public String toString() {
        return "Login[user=" + user + ", verifier=***]";
    }
}
