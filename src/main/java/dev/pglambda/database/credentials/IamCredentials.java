package dev.pglambda.database.credentials;

import dev.pglambda.database.settings.Server;
import dev.pglambda.database.settings.Settings;
import dev.pglambda.handler.Deadline;
import io.micronaut.json.JsonMapper;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Optional;

/**
 * Login by IAM, without a password. Each new connection gets its own token, signed here without the network with the
 * keys of the function's role. After a refusal another token is tried, since the keys may have been renewed.
 */
final class IamCredentials implements CredentialSource {

    private final Server server;
    private final String user;
    private final String region;
    private final RoleKeys keys;
    private final Clock clock;

    private IamCredentials(Server server, String user, String region, RoleKeys keys, Clock clock) {
        this.server = server;
        this.user = user;
        this.region = region;
        this.keys = keys;
        this.clock = clock;
    }

    /** Throws {@link Settings.WrongSetting} that names what is missing. */
    static IamCredentials from(Settings settings, JsonMapper json) {
        Server server = Server.of(settings, "DB_USER");
        String region = environment("AWS_REGION")
                .orElseThrow(() -> new Settings.WrongSetting(
                        "DB_AUTH is 'iam', and AWS_REGION is not set: it must be the region of the database"));
        return new IamCredentials(
                server,
                settings.text("DB_USER").orElseThrow(),
                region,
                new RoleKeys(IamCredentials::environment, json),
                Clock.systemUTC());
    }

    private static Optional<String> environment(String name) {
        return Optional.ofNullable(System.getenv(name)).filter(value -> !value.isBlank());
    }

    @Override
    public Credentials current(Deadline deadline) throws SQLException {
        return new Credentials(server, user, new IamToken(keys.current(), region).of(server, user, clock.instant()));
    }

    @Override
    public boolean reject(Credentials refused) {
        return true;
    }

    @Override
    public void forget() {
        // nothing is cached
    }

    @Override
    public String described() {
        return "an IAM token (the user needs the role rds_iam, and the function's role rds-db:connect)";
    }
}
