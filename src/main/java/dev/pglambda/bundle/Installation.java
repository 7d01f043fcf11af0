package dev.pglambda.bundle;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;

/** One run of a script in one transaction. Leaves the connection in the auto-commit mode that it found. */
final class Installation {

    private final Connection connection;
    private final InstallSettings settings;

    Installation(Connection connection, InstallSettings settings) {
        this.connection = connection;
        this.settings = settings;
    }

    void run(InstallScript script, SqlBundle.Completion completion) {
        try {
            boolean autoCommit = connection.getAutoCommit();
            connection.setAutoCommit(false);
            try {
                execute(script);
                complete(completion);
                connection.commit();
            } catch (SQLException | RuntimeException | Error e) {
                rollBack(e, autoCommit);
                throw e;
            }
            connection.setAutoCommit(autoCommit);
        } catch (SQLException e) {
            throw new BundleException("The installation failed", e);
        }
    }

    private void execute(InstallScript script) throws SQLException {
        set("pglambda.library", SqlBundle.version());
        set("pglambda.install_wrappers", String.join(",", settings.functions()));
        if (settings.schema().isPresent()) {
            set("pglambda.install_schema", settings.schema().get());
        }
        for (InstallScript.Step step : script.steps()) {
            if (isWanted(step.condition())) {
                execute(step.file());
            }
        }
    }

    /** Not set_config: a query would fix the isolation level, which the first file sets. */
    private void set(String setting, String value) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("set local " + setting + " = " + statement.enquoteLiteral(value));
        }
    }

    private boolean isWanted(Optional<String> condition) throws SQLException {
        if (condition.isEmpty()) {
            return true;
        }
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(condition.get())) {
            return row.next() && row.getBoolean(1);
        } catch (SQLException e) {
            throw BundleException.at(condition.get(), e);
        }
    }

    /** One JDBC statement for each: a connection with a deadline checks it when a statement is created. */
    private void execute(SqlFile file) throws SQLException {
        for (SqlStatement sql : file.statements()) {
            try (Statement statement = connection.createStatement()) {
                statement.setEscapeProcessing(false);
                statement.execute(sql.text());
            } catch (SQLException e) {
                throw BundleException.at(file, sql, e);
            }
        }
    }

    private void complete(SqlBundle.Completion completion) {
        try {
            completion.complete(connection);
        } catch (SQLException e) {
            throw new BundleException("The installation could not be completed", e);
        }
    }

    /** On a lost connection this fails too. The first failure is the one that says why. */
    private void rollBack(Throwable failure, boolean autoCommit) {
        try {
            connection.rollback();
            connection.setAutoCommit(autoCommit);
        } catch (SQLException e) {
            failure.addSuppressed(e);
        }
    }
}
