package dev.pglambda.database.credentials;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pglambda.database.settings.Server;
import dev.pglambda.handler.Deadline;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** An administrator who logs in by a password for the first time, and by tokens afterwards. */
class TokensOrSecretTest {

    private final CredentialSource source = new TokensOrSecret(new Fixed("token"), new Fixed("password"));

    @Test
    void a_token_is_first_and_each_refusal_is_followed_by_the_other_one() throws SQLException {
        assertThat(refuse()).isEqualTo("token");
        assertThat(refuse()).isEqualTo("password");
        assertThat(refuse()).isEqualTo("token");
    }

    @Test
    void what_was_let_in_is_used_again_until_it_is_forgotten() throws SQLException {
        refuse();
        assertThat(current().password()).isEqualTo("password");
        assertThat(current().password()).isEqualTo("password");
        source.forget();
        assertThat(current().password()).isEqualTo("token");
    }

    private String refuse() throws SQLException {
        Credentials refused = current();
        assertThat(source.reject(refused)).isTrue();
        return refused.password();
    }

    private Credentials current() throws SQLException {
        return source.current(Deadline.of(Duration.ofSeconds(1)));
    }

    private record Fixed(String password) implements CredentialSource {

        @Override
        public Credentials current(Deadline deadline) {
            return new Credentials(new Server("db", 5432, "app"), "administrator", password);
        }

        @Override
        public boolean reject(Credentials refused) {
            return true;
        }

        @Override
        public void forget() {}

        @Override
        public String described() {
            return password;
        }
    }
}
