package dev.pglambda.setup;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The database of a connection, and what is installed in it. */
final class AdministeredDatabase {

    private static final Pattern AUTHORITY = Pattern.compile("jdbc:postgresql://(?<host>\\[[^]]+]|[^:/?]+)(:\\d+)?/");

    private final Connection connection;
    private final String id;

    private AdministeredDatabase(Connection connection, String id) {
        this.connection = connection;
        this.id = id;
    }

    static AdministeredDatabase of(Connection connection) throws SQLException {
        String host = host(connection.getMetaData().getURL());
        return new AdministeredDatabase(connection, "pglambda-" + connection.getCatalog() + "@" + host);
    }

    /** The host in jdbc:postgresql://host:port/database. Not by URI, which refuses an underscore in a host. */
    static String host(String url) {
        Matcher authority = AUTHORITY.matcher(url);
        if (!authority.lookingAt()) {
            throw new SetupException("the server's host cannot be read from the driver's URL " + url);
        }
        return authority.group("host");
    }

    /** The id of the database for CloudFormation, the same on every call. */
    String id() {
        return id;
    }

    /** The version of the installed bundle; empty if there is none. */
    Optional<String> version() throws SQLException {
        boolean installed =
                value("select to_regprocedure('pglambda.version()')").isPresent();
        return installed ? value("select pglambda.version()") : Optional.empty();
    }

    void requireVersion(String wanted) throws SQLException {
        Optional<String> installed = version();
        if (!installed.equals(Optional.of(wanted))) {
            throw new SetupException(
                    "the installed bundle says that it is " + installed.orElse("nothing") + ", not " + wanted);
        }
    }

    /** The schema of the wrappers. */
    String installSchema() throws SQLException {
        return value("select pglambda_private.install_schema()").orElse("");
    }

    private Optional<String> value(String sql) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql);
                ResultSet row = statement.executeQuery()) {
            return row.next() ? Optional.ofNullable(row.getString(1)) : Optional.empty();
        }
    }
}
