package dev.pglambda.database;

import java.sql.ResultSet;
import java.sql.SQLException;

/** Makes one value from the current row. Must neither move the result set nor keep it. */
@FunctionalInterface
public interface RowMapper<T> {

    T map(ResultSet row) throws SQLException;
}
