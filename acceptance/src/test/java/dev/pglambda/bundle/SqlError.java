package dev.pglambda.bundle;

import java.sql.SQLException;
import java.util.Optional;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** An error of the server, in its parts. */
public final class SqlError extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient ServerErrorMessage server;

    SqlError(SQLException e) {
        super(e.getMessage(), e);
        this.server = e instanceof PSQLException pg ? pg.getServerErrorMessage() : null;
    }

    String sqlState() {
        return ((SQLException) getCause()).getSQLState();
    }

    String message() {
        return server.getMessage();
    }

    Optional<String> detail() {
        return Optional.ofNullable(server.getDetail());
    }

    /** Where in our functions it was raised. */
    String context() {
        return server.getWhere();
    }

    Optional<String> hint() {
        return Optional.ofNullable(server.getHint());
    }
}
