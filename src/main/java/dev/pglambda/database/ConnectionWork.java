package dev.pglambda.database;

import java.sql.Connection;
import java.sql.SQLException;

/** What is done with a connection that is lent for code that needs JDBC itself. */
@FunctionalInterface
public interface ConnectionWork<T> {

    T with(Connection connection) throws SQLException;
}
