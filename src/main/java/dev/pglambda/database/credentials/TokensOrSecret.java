package dev.pglambda.database.credentials;

import dev.pglambda.handler.Deadline;
import java.sql.SQLException;

/**
 * IAM tokens, and a secret's password whenever the server refuses a token: for an administrator who is let in by a password
 * until its first session has given it the role {@code rds_iam}. Thread-safe.
 */
final class TokensOrSecret implements CredentialSource {

    private final CredentialSource tokens;
    private final CredentialSource secret;
    private volatile boolean refused;

    TokensOrSecret(CredentialSource tokens, CredentialSource secret) {
        this.tokens = tokens;
        this.secret = secret;
    }

    @Override
    public Credentials current(Deadline deadline) throws SQLException {
        return turn().current(deadline);
    }

    /** The other one is next. */
    @Override
    public boolean reject(Credentials wrong) {
        turn().reject(wrong);
        refused = !refused;
        return true;
    }

    @Override
    public void forget() {
        secret.forget();
        refused = false;
    }

    @Override
    public String described() {
        return tokens.described() + ", or " + secret.described();
    }

    private CredentialSource turn() {
        return refused ? secret : tokens;
    }
}
