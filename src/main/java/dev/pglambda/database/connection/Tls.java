package dev.pglambda.database.connection;

import dev.pglambda.database.settings.Server;
import dev.pglambda.database.settings.Settings;
import java.util.Optional;
import java.util.Set;

/**
 * How connections are protected: {@code verify-full} unless the settings say otherwise. Plain is the default only for
 * direct settings and a server on this machine.
 *
 * @param rootCert file with the trusted authorities; empty for the RDS bundle in this jar
 */
record Tls(TlsMode mode, Optional<String> rootCert) {

    private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "::1");

    /** For the kind of credentials in these settings. Throws {@link Settings.WrongSetting} when there are none. */
    static Tls of(Settings settings) {
        if (settings.isIamLogin()) {
            return forToken(settings);
        }
        return settings.secretId().isPresent()
                ? forSecret(settings)
                : forDirect(settings, Server.of(settings, "DB_USER", "DB_PASSWORD"));
    }

    /** RDS accepts tokens over TLS only, and a stolen token is valid for a quarter of an hour. */
    private static Tls forToken(Settings settings) {
        TlsMode mode = mode(settings).orElse(TlsMode.VERIFY_FULL);
        if (mode != TlsMode.VERIFY_FULL) {
            throw new Settings.WrongSetting("DB_SSL_MODE is '" + mode.libpqName()
                    + "', and DB_AUTH=iam needs verify-full, which is the default: remove it");
        }
        return new Tls(mode, rootCert(settings));
    }

    /** For credentials from a secret: the certificate is always checked. */
    private static Tls forSecret(Settings settings) {
        TlsMode mode = mode(settings).orElse(TlsMode.VERIFY_FULL);
        if (!mode.checksCertificate()) {
            throw new Settings.WrongSetting("DB_SSL_MODE is '" + mode.libpqName()
                    + "', which would send a secret's password to whoever answers: remove it (verify-full is the"
                    + " default), and for a server with its own certificate authority set DB_SSL_ROOT_CERT to that"
                    + " authority's PEM file. Plain connections need direct settings (DB_HOST, DB_USER, …)");
        }
        if (mode == TlsMode.VERIFY_CA && rootCert(settings).isEmpty()) {
            throw new Settings.WrongSetting(
                    "DB_SSL_MODE is 'verify-ca' without DB_SSL_ROOT_CERT: every RDS customer has a"
                            + " certificate of the shipped authorities, so that would authenticate nobody. Remove it (verify-full is"
                            + " the default), or set DB_SSL_ROOT_CERT to the PEM file of an authority of your own");
        }
        return new Tls(mode, rootCert(settings));
    }

    private static Tls forDirect(Settings settings, Server server) {
        TlsMode unset = THIS_MACHINE.contains(server.host()) ? TlsMode.DISABLE : TlsMode.VERIFY_FULL;
        return new Tls(mode(settings).orElse(unset), rootCert(settings));
    }

    /**
     * Loads the authorities if certificates are checked, so that a bad file is reported before any connection is made.
     */
    void prepare() {
        if (mode.checksCertificate()) {
            VerifiedSocketFactory.prepare(rootCert);
        }
    }

    private static Optional<TlsMode> mode(Settings settings) {
        return settings.text("DB_SSL_MODE").map(String::strip).map(TlsMode::of);
    }

    private static Optional<String> rootCert(Settings settings) {
        return settings.text("DB_SSL_ROOT_CERT").map(String::strip);
    }
}
