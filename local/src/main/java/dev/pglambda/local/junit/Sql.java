package dev.pglambda.local.junit;

import dev.pglambda.local.postgres.LocalPostgres;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * A session of the test's database, for the test's own statements. As the application at first; {@link #asMaster()}
 * gives the administrator's. Connects at the first statement and is closed after the test. Not thread-safe, as a
 * session is not.
 */
public final class Sql implements AutoCloseable {

    private final LocalPostgres postgres;
    private final String database;
    private final String user;
    private final List<Sql> opened = new ArrayList<>();
    private Connection connection;

    Sql(LocalPostgres postgres, String database, String user) {
        this.postgres = postgres;
        this.database = database;
        this.user = user;
    }

    /** Another session of the same database, as its owner. */
    public Sql asMaster() {
        Sql master = new Sql(postgres, database, LocalPostgres.MASTER);
        opened.add(master);
        return master;
    }

    /** The first column of the only row, as PostgreSQL prints it; null for NULL. */
    public String value(String sql, Object... parameters) throws SQLException {
        List<List<String>> rows = rows(sql, parameters);
        if (rows.size() != 1) {
            throw new SQLException("expected one row, got " + rows.size() + ": " + sql);
        }
        return rows.get(0).get(0);
    }

    /** All rows, each value as PostgreSQL prints it; null for NULL. */
    public List<List<String>> rows(String sql, Object... parameters) throws SQLException {
        try (PreparedStatement statement = prepare(sql, parameters);
                ResultSet rows = statement.executeQuery()) {
            List<List<String>> all = new ArrayList<>();
            while (rows.next()) {
                List<String> row = new ArrayList<>();
                for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                    row.add(rows.getString(i));
                }
                all.add(row);
            }
            return all;
        }
    }

    /** Runs a statement and forgets what it returns. */
    public void execute(String sql, Object... parameters) throws SQLException {
        try (PreparedStatement statement = prepare(sql, parameters)) {
            statement.execute();
        }
    }

    /** The session itself, for what the methods here do not offer; closed after the test. */
    public Connection connection() throws SQLException {
        if (connection == null) {
            connection = user.equals(LocalPostgres.MASTER)
                    ? postgres.connectAsMaster(database)
                    : postgres.connectAsApp(database);
        }
        return connection;
    }

    @Override
    public void close() throws SQLException {
        for (Sql other : opened) {
            other.close();
        }
        if (connection != null) {
            connection.close();
        }
    }

    private PreparedStatement prepare(String sql, Object... parameters) throws SQLException {
        PreparedStatement statement = connection().prepareStatement(sql);
        for (int i = 0; i < parameters.length; i++) {
            statement.setObject(i + 1, parameters[i]);
        }
        return statement;
    }
}
