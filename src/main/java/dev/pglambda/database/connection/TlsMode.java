package dev.pglambda.database.connection;

import dev.pglambda.database.settings.Settings;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * How a connection is protected, by libpq's names. {@code allow} and {@code prefer} protect nothing and are left out.
 */
enum TlsMode {
    /** Plain text. */
    DISABLE("disable"),
    /** Encrypted, to any server. */
    REQUIRE("require"),
    /** Encrypted, to any server with a certificate from a trusted authority. */
    VERIFY_CA("verify-ca"),
    /** Encrypted, to the server that the certificate names. */
    VERIFY_FULL("verify-full");

    private final String libpqName;

    TlsMode(String libpqName) {
        this.libpqName = libpqName;
    }

    String libpqName() {
        return libpqName;
    }

    boolean checksCertificate() {
        return this == VERIFY_CA || this == VERIFY_FULL;
    }

    static TlsMode of(String name) {
        return Arrays.stream(values())
                .filter(mode -> mode.libpqName.equals(name))
                .findFirst()
                .orElseThrow(() -> new Settings.WrongSetting("DB_SSL_MODE is '" + name + "': it must be one of "
                        + Arrays.stream(values()).map(TlsMode::libpqName).collect(Collectors.joining(", "))));
    }
}
