package dev.pglambda.bundle;

import java.sql.SQLException;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * An installation failed and left nothing behind. The message says which file and line, PostgreSQL's message with its
 * detail and hint, and the start of the statement; {@link #getCause()} is the driver's exception.
 */
public final class BundleException extends RuntimeException {

    private static final long serialVersionUID = 1L;
    private static final int SHOWN_CHARACTERS = 100;

    private final String sqlState;

    /** The action that failed, and the server's error. */
    BundleException(String what, SQLException cause) {
        super(what + ": " + words(cause), cause);
        this.sqlState = cause.getSQLState();
    }

    private BundleException(SQLException cause, String message) {
        super(message, cause);
        this.sqlState = cause.getSQLState();
    }

    static BundleException at(SqlFile file, SqlStatement statement, SQLException cause) {
        String message = "sql/%s, line %d: %s%n  in: %s"
                .formatted(file.name(), line(statement, cause), words(cause), start(statement));
        return new BundleException(cause, message);
    }

    /** A condition of install.sql failed. */
    static BundleException at(String condition, SQLException cause) {
        return new BundleException(cause, "sql/install.sql: %s%n  in: %s".formatted(words(cause), condition));
    }

    /** PostgreSQL's SQLSTATE, or null when the connection failed in a way that has none. */
    public String sqlState() {
        return sqlState;
    }

    /** The message with its detail and hint, which the driver's message need not have. */
    private static String words(SQLException cause) {
        return server(cause)
                .map(error -> Stream.of(
                                Optional.of(error.getSeverity() + ": " + error.getMessage()),
                                Optional.ofNullable(error.getDetail()).map(detail -> "Detail: " + detail),
                                Optional.ofNullable(error.getHint()).map(hint -> "Hint: " + hint))
                        .flatMap(Optional::stream)
                        .collect(Collectors.joining(System.lineSeparator() + "  ")))
                .orElseGet(() -> String.valueOf(cause.getMessage()));
    }

    /** The line of the error; the statement's first line if the server gives no position. */
    private static int line(SqlStatement statement, SQLException cause) {
        return server(cause)
                .filter(error -> error.getPosition() > 0)
                .map(error -> statement.lineAt(error.getPosition()))
                .orElse(statement.line());
    }

    private static Optional<ServerErrorMessage> server(SQLException cause) {
        return cause instanceof PSQLException postgres
                ? Optional.ofNullable(postgres.getServerErrorMessage())
                : Optional.empty();
    }

    private static String start(SqlStatement statement) {
        String firstLine = statement.text().lines().findFirst().orElse("");
        return firstLine.length() <= SHOWN_CHARACTERS ? firstLine : firstLine.substring(0, SHOWN_CHARACTERS) + "…";
    }
}
