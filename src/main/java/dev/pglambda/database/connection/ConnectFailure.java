package dev.pglambda.database.connection;

import dev.pglambda.database.credentials.Credentials;
import dev.pglambda.database.settings.SqlStates;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLNonTransientException;
import java.sql.SQLTransientConnectionException;
import java.util.Optional;

/**
 * Turns the driver's exceptions while connecting into errors that say what to do, and whether trying again may help.
 */
final class ConnectFailure {

    private ConnectFailure() {}

    static boolean isPermanent(SQLException e) {
        return e instanceof SQLNonTransientException;
    }

    static SQLException of(SQLException e, Credentials credentials, Tls tls) {
        Optional<CertificateException> certificate = SqlStates.cause(e, CertificateException.class);
        if (certificate.isPresent()) {
            return permanent(credentials, aboutCertificate(certificate.get(), credentials, tls), e);
        }
        if (SqlStates.REJECTED.equals(e.getSQLState()) && tls.mode() != TlsMode.DISABLE) {
            return permanent(credentials, e.getMessage() + aboutPlainServer(), e);
        }
        if (SqlStates.isTransient(SqlStates.of(e)) && !SqlStates.REJECTED.equals(e.getSQLState())) {
            return new SQLTransientConnectionException(message(credentials, e.getMessage()), SqlStates.of(e), e);
        }
        return permanent(credentials, e.getMessage(), e);
    }

    /** A copy of the failure for another thread that waited: exceptions are not shared between threads. */
    static SQLException again(SQLException e) {
        return isPermanent(e)
                ? new SQLNonTransientConnectionException(e.getMessage(), e.getSQLState(), e)
                : new SQLTransientConnectionException(e.getMessage(), e.getSQLState(), e);
    }

    private static SQLException permanent(Credentials credentials, String why, SQLException e) {
        return new SQLNonTransientConnectionException(message(credentials, why), SqlStates.of(e), e);
    }

    private static String message(Credentials credentials, String why) {
        return "cannot connect to " + credentials.server() + " as " + credentials.user() + ": " + why;
    }

    private static String aboutCertificate(CertificateException e, Credentials credentials, Tls tls) {
        if (SqlStates.cause(e, CertificateExpiredException.class).isPresent()) {
            return "the server's certificate has expired: renew it on the server (" + e.getMessage() + ")";
        }
        if (e.getClass() == CertificateException.class) { // the host name check throws the plain class
            return "the server's certificate is not for '"
                    + credentials.server().host() + "': use the host name that it names in the secret or DB_HOST ("
                    + e.getMessage() + ")";
        }
        return "no authority in "
                + tls.rootCert().map(file -> "DB_SSL_ROOT_CERT (" + file + ")").orElse("the shipped RDS bundle")
                + " has signed the server's certificate: set DB_SSL_ROOT_CERT to the PEM file of the one that has"
                + " (for a new AWS region, its bundle from truststore.pki.rds.amazonaws.com)";
    }

    private static String aboutPlainServer() {
        return " Switch TLS on at the server (ssl = on); plain connections need direct settings (DB_HOST, DB_USER, …)"
                + " and DB_SSL_MODE=disable";
    }
}
