package dev.pglambda.database.connection;

import dev.pglambda.database.credentials.Credentials;
import dev.pglambda.database.settings.Server;
import dev.pglambda.database.settings.SqlStates;
import dev.pglambda.handler.Deadline;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.time.Duration;
import java.util.Optional;
import java.util.Properties;
import org.postgresql.Driver;
import org.postgresql.PGProperty;

/** Opens one physical connection with given credentials. Thread-safe. */
final class Connector {

    /** Lambda's longest call: limits reads of work without a deadline from a server that no longer answers. */
    private static final Duration LONGEST_READ = Duration.ofMinutes(15);

    private final Driver driver = new Driver();
    private final Tls tls;
    private final Duration timeout;

    Connector(Tls tls, Duration timeout) {
        this.tls = tls;
        this.timeout = timeout;
        tls.prepare();
    }

    /** Throws an exception of {@link ConnectFailure}; for a refused password, the driver's own. */
    Connection open(Credentials credentials, Deadline deadline) throws SQLException {
        try {
            Connection connection = driver.connect(url(credentials.server()), properties(credentials, deadline));
            if (connection == null) {
                throw new SQLFeatureNotSupportedException("pgjdbc refuses its own URL");
            }
            connection.setNetworkTimeout(Runnable::run, (int) LONGEST_READ.toMillis());
            return connection;
        } catch (SQLException e) {
            throw SqlStates.isRefusedPassword(e) ? e : ConnectFailure.of(e, credentials, tls);
        }
    }

    SQLException failure(SQLException e, Credentials credentials) {
        return ConnectFailure.of(e, credentials, tls);
    }

    private static String url(Server server) {
        String host = server.host().contains(":") ? "[" + server.host() + "]" : server.host();
        return "jdbc:postgresql://" + host + ":" + server.port() + "/"
                + URLEncoder.encode(server.database(), StandardCharsets.UTF_8);
    }

    private Properties properties(Credentials credentials, Deadline deadline) {
        long seconds =
                Math.max(1, deadline.atMost(timeout).remaining().plusMillis(999).toSeconds());
        Properties properties = new Properties();
        PGProperty.USER.set(properties, credentials.user());
        PGProperty.PASSWORD.set(properties, credentials.password());
        PGProperty.CONNECT_TIMEOUT.set(properties, (int) seconds);
        PGProperty.SOCKET_TIMEOUT.set(properties, (int) seconds); // while connecting; see LONGEST_READ
        PGProperty.TCP_KEEP_ALIVE.set(properties, true);
        // A DETAIL quotes rows and keys, and messages go to logs.
        PGProperty.LOG_SERVER_ERROR_DETAIL.set(properties, false);
        PGProperty.GSS_ENC_MODE.set(properties, "disable");
        PGProperty.ASSUME_MIN_SERVER_VERSION.set(properties, "15"); // saves a round trip
        PGProperty.APPLICATION_NAME.set(
                properties,
                Optional.ofNullable(System.getenv("AWS_LAMBDA_FUNCTION_NAME")).orElse("pglambda"));
        PGProperty.SSL_MODE.set(properties, tls.mode().libpqName());
        if (tls.mode().checksCertificate()) {
            PGProperty.SSL_FACTORY.set(properties, VerifiedSocketFactory.class.getName());
            tls.rootCert().ifPresent(file -> PGProperty.SSL_ROOT_CERT.set(properties, file));
        }
        return properties;
    }
}
