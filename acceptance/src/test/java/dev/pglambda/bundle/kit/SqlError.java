package dev.pglambda.bundle.kit;

import java.sql.SQLException;
import java.util.Optional;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** An error of the server, in its parts. */
public final class SqlError extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient ServerErrorMessage server;

    public SqlError(SQLException e) {
        super(e.getMessage(), e);
        this.server = e instanceof PSQLException pg ? pg.getServerErrorMessage() : null;
    }

    public String sqlState() {
        return ((SQLException) getCause()).getSQLState();
    }

    public String message() {
        return server.getMessage();
    }

    public Optional<String> detail() {
        return Optional.ofNullable(server.getDetail());
    }

    /** Where in our functions it was raised. */
    public String context() {
        return server.getWhere();
    }

    public Optional<String> hint() {
        return Optional.ofNullable(server.getHint());
    }
}
