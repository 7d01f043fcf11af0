package dev.pglambda.database;

import java.sql.Connection;
import java.sql.SQLException;

/** Work with a connection, for code that needs JDBC itself. */
@FunctionalInterface
public interface ConnectionWork<T> {

    T with(Connection connection) throws SQLException;
}
