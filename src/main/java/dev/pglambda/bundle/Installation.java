package dev.pglambda.bundle;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;

/** One run of files in one transaction. Leaves the connection in the auto-commit mode that it found. */
final class Installation {

    private final Connection connection;
    private final Optional<String> installSchema;

    Installation(Connection connection, Optional<String> installSchema) {
        this.connection = connection;
        this.installSchema = installSchema;
    }

    void run(List<SqlFile> files, SqlBundle.Completion completion) {
        try {
            boolean autoCommit = connection.getAutoCommit();
            connection.setAutoCommit(false);
            try {
                inTransaction(files, completion);
            } finally {
                connection.setAutoCommit(autoCommit);
            }
        } catch (SQLException e) {
            throw new BundleException("The installation could not be committed: " + e.getMessage(), e);
        }
    }

    private void inTransaction(List<SqlFile> files, SqlBundle.Completion completion) throws SQLException {
        try {
            execute(files);
            complete(completion);
            connection.commit();
        } catch (SQLException | RuntimeException | Error e) {
            rollBack(e);
            throw e;
        }
    }

    private void execute(List<SqlFile> files) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            // Not set_config: a query would fix the isolation level, which the first file sets.
            statement.execute("set local pglambda_private.library = " + statement.enquoteLiteral(SqlBundle.version()));
            if (installSchema.isPresent()) {
                String schema = statement.enquoteLiteral(installSchema.get());
                statement.execute("set local pglambda.install_schema = " + schema);
            }
            for (SqlFile file : files) {
                execute(statement, file);
            }
        }
    }

    private static void execute(Statement statement, SqlFile file) {
        for (SqlStatement sql : file.statements()) {
            try {
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
            throw new BundleException("The installation could not be completed: " + e.getMessage(), e);
        }
    }

    private void rollBack(Throwable failure) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            failure.addSuppressed(e);
        }
    }
}
