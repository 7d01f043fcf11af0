package dev.pglambda.setup;

import dev.pglambda.bundle.BundleException;
import dev.pglambda.bundle.SqlBundle;
import dev.pglambda.handler.Deadline;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;

/**
 * Installs, upgrades and removes the bundle with what belongs to it. Thread-safe; each of them is one transaction, so a
 * failure ({@link SetupException}) leaves the database as it was.
 */
@Singleton
class Setup {

    private final DataSource source;

    /** Takes connections of the user who administers the database; the first when one is needed. */
    Setup(DataSource source) {
        this.source = source;
    }

    SetupReply perform(SetupCall call) {
        return switch (call.event().requestType()) {
            case "Delete" -> delete(call);
            default -> install(call);
        };
    }

    private SetupReply install(SetupCall call) {
        SetupProperties wanted = SetupProperties.of(call.event().properties());
        Set<String> gone =
                new LinkedHashSet<>(SetupProperties.functionNames(call.event().oldProperties()));
        wanted.functions().forEach(function -> gone.remove(function.name()));
        return connected(call.deadline(), connection -> {
            AdministeredDatabase database = AdministeredDatabase.of(connection);
            Map<String, String> done = new LinkedHashMap<>();
            done.put("PreviousVersion", database.version().orElse(""));
            SqlBundle.install(connection, wanted.installSchema(), inTransaction -> {
                Registry registry = new Registry(inTransaction);
                registry.unregister(gone);
                registry.register(wanted.functions());
                new Members(inTransaction).grant(wanted.members());
                database.requireVersion(SqlBundle.version());
            });
            done.put("Version", SqlBundle.version());
            done.put("InstallSchema", database.installSchema());
            done.put("Functions", String.join(",", new Registry(connection).names()));
            return new SetupReply(database.id(), done);
        });
    }

    /** Without DropOnDelete no connection is needed: the database may be gone already. */
    private SetupReply delete(SetupCall call) {
        String id = call.event().physicalResourceId();
        if (!SetupProperties.dropOnDelete(call.event().properties())) {
            return new SetupReply(id, Map.of("Deleted", "nothing: DropOnDelete is not true"));
        }
        return connected(call.deadline(), connection -> {
            AdministeredDatabase database = AdministeredDatabase.of(connection);
            if (!id.isEmpty() && !id.equals(database.id())) {
                // The secret names another database by now, which is not this resource's to change.
                return new SetupReply(id, Map.of("Deleted", "nothing: the database is now " + database.id()));
            }
            SqlBundle.uninstall(connection);
            return new SetupReply(database.id(), Map.of("Deleted", "schema lambda and the wrappers"));
        });
    }

    private SetupReply connected(Deadline deadline, Work work) {
        try (Connection connection = source.getConnection()) {
            limitStatements(connection, deadline);
            return work.with(connection);
        } catch (BundleException e) {
            throw new SetupException("the database is as it was: " + e.getMessage(), e);
        } catch (SQLException e) {
            throw new SetupException("the database cannot be set up: " + e.getMessage(), e);
        }
    }

    /** No statement outlasts the deadline: waiting for another installer is one, too. Setting it again is for each call. */
    private static void limitStatements(Connection connection, Deadline deadline) throws SQLException {
        long millis = deadline.isFinite() ? Math.max(1, deadline.remaining().toMillis()) : 0;
        try (Statement statement = connection.createStatement()) {
            statement.execute("set statement_timeout = " + millis);
        }
    }

    @FunctionalInterface
    private interface Work {
        SetupReply with(Connection connection) throws SQLException;
    }
}
