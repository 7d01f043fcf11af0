package dev.pglambda.database.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.pglambda.database.Database;
import dev.pglambda.database.DatabaseException;
import dev.pglambda.database.credentials.DirectCredentials;
import dev.pglambda.database.settings.Settings;
import dev.pglambda.handler.Deadline;
import io.micronaut.context.ApplicationContext;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest {

    private static Settings settings(String name, String value) {
        return new Settings(asked -> asked.equals(name) ? Optional.of(value) : Optional.empty());
    }

    @Test
    void defaults_are_those_of_the_documentation() {
        assertThat(PoolSettings.from(settings("", "")))
                .isEqualTo(new PoolSettings(5, Duration.ofSeconds(30), Duration.ofSeconds(10)));
    }

    @ParameterizedTest
    @CsvSource({"45s, 45000", "12000, 12000", "12000ms, 12000", "2m, 120000", " 15 S , 15000"})
    void durations_have_units_and_bare_numbers_are_milliseconds(String value, long millis) {
        assertThat(PoolSettings.from(settings("DB_IDLE_TIMEOUT", value)).idleTimeout())
                .isEqualTo(Duration.ofMillis(millis));
    }

    @ParameterizedTest
    @CsvSource({
        "DB_POOL_MAX, many, it must be a whole number from 1 to 1000",
        "DB_POOL_MAX, 0, it must be a whole number from 1 to 1000",
        "DB_IDLE_TIMEOUT, 30, it must be a duration from 10s to 1200s",
        "DB_IDLE_TIMEOUT, -1s, it must be a duration from 10s to 1200s",
        "DB_CONNECTION_TIMEOUT, 10, it must be a duration from 250ms to 3600s",
        "DB_CONNECTION_TIMEOUT, soon, it must be a duration from 250ms to 3600s"
    })
    void a_wrong_value_is_reported_with_its_name(String name, String value, String advice) {
        assertThatThrownBy(() -> PoolSettings.from(settings(name, value)))
                .isInstanceOf(Settings.WrongSetting.class)
                .hasMessageContaining(name + " is '" + value + "'")
                .hasMessageContaining(advice);
    }

    @Test
    void blank_counts_as_not_set() {
        assertThat(PoolSettings.from(settings("DB_POOL_MAX", " ")).max()).isEqualTo(5);
    }

    @Test
    void what_is_missing_for_a_direct_connection_is_named() {
        assertThatThrownBy(() -> DirectCredentials.from(settings("DB_HOST", "localhost")))
                .hasMessage("no database is configured: set DB_SECRET_ARN (or DB_SECRET_NAME), or DB_NAME, DB_USER,"
                        + " DB_PASSWORD for a connection without a secret");
    }

    @Test
    void wrong_settings_fail_the_first_use_and_not_the_start() {
        try (ApplicationContext context = ApplicationContext.run(Map.of("db.pool-max", "many"))) {
            Database database = context.getBean(Database.class);
            assertThatThrownBy(() -> database.warmUp(Deadline.none()))
                    .asInstanceOf(type(DatabaseException.class))
                    .returns("F0000", DatabaseException::sqlState)
                    .matches(e -> e.getMessage().startsWith("DB_POOL_MAX is 'many'"));
            assertThat(database.check().sqlState()).contains("F0000");
        }
    }

    @Test
    void login_by_iam_needs_a_checked_certificate_and_no_password() {
        assertThat(settings("DB_AUTH", "iam").isIamLogin()).isTrue();
        assertThat(settings("DB_AUTH", "password").isIamLogin()).isFalse();
        assertThat(settings("", "").isIamLogin()).isFalse();
        assertThatThrownBy(() -> settings("DB_AUTH", "kerberos").isIamLogin())
                .hasMessage("DB_AUTH is 'kerberos': it must be iam or password");
        assertThat(Tls.of(settings("DB_AUTH", "iam")).mode()).isEqualTo(TlsMode.VERIFY_FULL);
        Settings plain = new Settings(name -> switch (name) {
            case "DB_AUTH" -> Optional.of("iam");
            case "DB_SSL_MODE" -> Optional.of("require");
            default -> Optional.empty();
        });
        assertThatThrownBy(() -> Tls.of(plain)).hasMessageContaining("DB_AUTH=iam needs verify-full");
    }
}
