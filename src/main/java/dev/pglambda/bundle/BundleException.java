package dev.pglambda.bundle;

import java.sql.SQLException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An installation failed and left nothing behind. The message says which file and line, PostgreSQL's message with its
 * detail and hint, and the start of the statement; {@link #getCause()} is the driver's exception.
 */
public final class BundleException extends RuntimeException {

    private static final long serialVersionUID = 1L;
    private static final Pattern POSITION = Pattern.compile("(?m)^\\s*Position: (\\d{1,9})\\s*$");
    private static final int SHOWN_CHARACTERS = 100;

    private final String sqlState;

    BundleException(String message, SQLException cause) {
        super(message, cause);
        this.sqlState = cause.getSQLState();
    }

    static BundleException at(SqlFile file, SqlStatement statement, SQLException cause) {
        String message = "sql/%s, line %d: %s%n  in: %s"
                .formatted(file.name(), line(statement, cause), cause.getMessage(), start(statement));
        return new BundleException(message, cause);
    }

    /** A condition of install.sql failed. */
    static BundleException at(String condition, SQLException cause) {
        return new BundleException("sql/install.sql: %s%n  in: %s".formatted(cause.getMessage(), condition), cause);
    }

    /** PostgreSQL's SQLSTATE, or null when the connection failed in a way that has none. */
    public String sqlState() {
        return sqlState;
    }

    /** The driver tells the position only in its text; where it does not, the statement's first line has to do. */
    private static int line(SqlStatement statement, SQLException cause) {
        Matcher position = POSITION.matcher(String.valueOf(cause.getMessage()));
        return position.find() ? statement.lineAt(Integer.parseInt(position.group(1))) : statement.line();
    }

    private static String start(SqlStatement statement) {
        String firstLine = statement.text().lines().findFirst().orElse("");
        return firstLine.length() <= SHOWN_CHARACTERS ? firstLine : firstLine.substring(0, SHOWN_CHARACTERS) + "…";
    }
}
