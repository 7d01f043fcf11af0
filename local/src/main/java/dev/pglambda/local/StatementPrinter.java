package dev.pglambda.local;

import java.io.PrintStream;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.postgresql.core.NativeQuery;
import org.postgresql.core.Parser;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * Runs SQL and prints what comes back as {@code psql -At} would: rows as lines, columns joined by {@code |}, NULL as
 * nothing; an error with its SQLSTATE, DETAIL and HINT.
 */
final class StatementPrinter {

    private final PrintStream out;
    private final PrintStream err;

    StatementPrinter(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    /**
     * Runs one or more statements, each on its own as psql does: sent together, they would be one transaction, in which
     * nothing may commit. Stops at the first that fails; true when all went well.
     */
    boolean run(Connection connection, String sql) {
        try (Statement statement = connection.createStatement()) {
            for (NativeQuery one : Parser.parseJdbcSql(sql, true, false, true, false, true)) {
                if (statement.execute(one.nativeSql)) {
                    printRows(statement);
                }
            }
            return true;
        } catch (SQLException e) {
            printError(e);
            return false;
        }
    }

    private void printRows(Statement statement) throws SQLException {
        try (ResultSet rows = statement.getResultSet()) {
            int columns = rows.getMetaData().getColumnCount();
            while (rows.next()) {
                StringBuilder line = new StringBuilder();
                for (int i = 1; i <= columns; i++) {
                    String value = rows.getString(i);
                    line.append(i > 1 ? "|" : "").append(value == null ? "" : value);
                }
                out.println(line);
            }
        }
    }

    private void printError(SQLException e) {
        ServerErrorMessage server = e instanceof PSQLException postgres ? postgres.getServerErrorMessage() : null;
        err.println("ERROR:  " + (server == null ? e.getMessage() : server.getMessage()));
        err.println("SQLSTATE: " + e.getSQLState());
        if (server != null && server.getDetail() != null) {
            err.println("DETAIL:  " + server.getDetail());
        }
        if (server != null && server.getHint() != null) {
            err.println("HINT:  " + server.getHint());
        }
    }
}
