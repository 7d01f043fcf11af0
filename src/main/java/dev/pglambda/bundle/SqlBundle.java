package dev.pglambda.bundle;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * Installs or upgrades the SQL bundle: the same files in the same order as {@code psql -1 -f sql/install.sql}, with the
 * same result. The functions that come with pglambda get their wrappers where they are registered.
 *
 * <p>One transaction: after a {@link BundleException} the database is as before. Installing what is installed already
 * changes nothing. Two installers at the same moment are fine, whether here or in psql: both take the transaction-level
 * advisory lock 8099561620551918689 (the letters "pglambda" as a number), and the second waits for the first.
 *
 * <p>The user needs no superuser: {@code CREATEROLE}, {@code CREATE} on the database and membership of
 * {@code rds_superuser}. Thread-safe. Costs some 350 statements, about 0.15 s on a near server.
 */
public final class SqlBundle {

    private SqlBundle() {}

    /** Installs with one connection of the source; the wrappers go where they are, or to schema {@code public}. */
    public static void install(DataSource source) {
        install(source, Optional.empty());
    }

    /** As {@link #install(DataSource)}, with the wrappers in a schema that exists. */
    public static void install(DataSource source, String installSchema) {
        install(source, Optional.of(installSchema));
    }

    /**
     * Installs over a connection, which stays open and usable; the wrappers go where they are, or to schema
     * {@code public}.
     *
     * @throws IllegalArgumentException when the connection is not in auto-commit mode, because its transaction is the
     *     caller's
     */
    public static void install(Connection connection) {
        requireNoTransaction(connection);
        run(connection, InstallSettings.DEFAULTS, Completion.NOTHING);
    }

    /** As {@link #install(Connection)}, with the wrappers in a schema that exists. */
    public static void install(Connection connection, String installSchema) {
        requireNoTransaction(connection);
        run(connection, new InstallSettings(Optional.of(installSchema), List.of()), Completion.NOTHING);
    }

    /**
     * As {@link #install(Connection)}, with settings and with further work in the same transaction, such as registering
     * functions: when the work fails, nothing is installed.
     *
     * @throws BundleException when the bundle or the completion fails in the database; other exceptions of the completion
     *     reach the caller unchanged
     */
    public static void install(Connection connection, InstallSettings settings, Completion completion) {
        requireNoTransaction(connection);
        run(connection, settings, completion);
    }

    /**
     * Removes the bundle with the registry, the outbox and the stored items, in one transaction; the same as
     * {@code psql -1 -f sql/uninstall.sql}. Does nothing where there is none.
     */
    public static void uninstall(Connection connection) {
        requireNoTransaction(connection);
        new Installation(connection, InstallSettings.DEFAULTS).run(InstallScript.removal(), Completion.NOTHING);
    }

    /** The version of this library; {@code pglambda.version()} is that of an installed bundle. */
    public static String version() {
        return SqlFile.resource("version.txt").strip();
    }

    /** Further work at the end of an installation, in its transaction, as the installing user. */
    @FunctionalInterface
    public interface Completion {

        /** No further work. */
        Completion NOTHING = connection -> {};

        /**
         * Must neither commit nor close, and must name everything with its schema: the search path is the
         * installation's.
         */
        void complete(Connection connection) throws SQLException;
    }

    /** SHA-256 of all files in their order, in hexadecimal: another hash means that there is something to install. */
    public static String hash() {
        return InstallScript.installation().hash();
    }

    private static void install(DataSource source, Optional<String> installSchema) {
        try (Connection connection = source.getConnection()) {
            run(connection, new InstallSettings(installSchema, List.of()), Completion.NOTHING);
        } catch (SQLException e) {
            throw new BundleException("No connection to install over", e);
        }
    }

    private static void run(Connection connection, InstallSettings settings, Completion completion) {
        new Installation(connection, settings).run(InstallScript.installation(), completion);
    }

    private static void requireNoTransaction(Connection connection) {
        try {
            if (!connection.getAutoCommit()) {
                throw new IllegalArgumentException(
                        "The bundle installs in its own transaction: commit yours, then setAutoCommit(true).");
            }
        } catch (SQLException e) {
            throw new BundleException("The connection cannot be used", e);
        }
    }
}
