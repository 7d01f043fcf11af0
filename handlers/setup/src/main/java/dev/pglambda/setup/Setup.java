package dev.pglambda.setup;

import dev.pglambda.bundle.BundleException;
import dev.pglambda.bundle.SqlBundle;
import dev.pglambda.database.Login;
import dev.pglambda.database.Logins;
import dev.pglambda.handler.Deadline;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
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
    private final Logins secrets;

    /** Takes connections of the user who administers the database; the first when one is needed. */
    Setup(DataSource source, Logins secrets) {
        this.source = source;
        this.secrets = secrets;
    }

    /** Throws {@link SetupException}. */
    SetupReply perform(SetupEvent event, Deadline deadline) {
        return switch (event.requestType()) {
            case "Delete" -> delete(event, deadline);
            default -> install(event, deadline);
        };
    }

    private SetupReply install(SetupEvent event, Deadline deadline) {
        SetupProperties wanted = SetupProperties.of(event.properties());
        Set<String> gone = new LinkedHashSet<>(SetupProperties.functionNames(event.oldProperties()));
        wanted.functions().forEach(function -> gone.remove(function.name()));
        return connected(deadline, connection -> {
            Map<Login, LoginEntry> logins = read(wanted.logins(), deadline);
            AdministeredDatabase database = AdministeredDatabase.of(connection);
            Map<String, String> done = new LinkedHashMap<>();
            done.put("PreviousVersion", database.version().orElse(""));
            for (String extension : wanted.extensions()) {
                new Template(connection).execute("create extension if not exists %I", extension);
            }
            SqlBundle.install(connection, wanted.installSchema(), inTransaction -> {
                Registry registry = new Registry(inTransaction);
                registry.unregister(gone);
                registry.register(wanted.functions());
                admit(inTransaction, logins, wanted.members());
                database.requireVersion(SqlBundle.version());
            });
            done.put("Version", SqlBundle.version());
            done.put("InstallSchema", database.installSchema());
            done.put("Functions", String.join(",", new Registry(connection).names()));
            return new SetupReply(database.id(), done);
        });
    }

    /** Before the transaction, which others may wait for. */
    private Map<Login, LoginEntry> read(List<LoginEntry> wanted, Deadline deadline) throws SQLException {
        Map<Login, LoginEntry> logins = new LinkedHashMap<>();
        for (LoginEntry login : wanted) {
            logins.put(secrets.read(login.secretArn(), deadline), login);
        }
        return logins;
    }

    /** Logins first: a member may be one of them. */
    private static void admit(
            Connection connection, Map<Login, LoginEntry> logins, Map<String, List<String>> memberships)
            throws SQLException {
        Users users = new Users(connection);
        Members members = new Members(connection);
        for (Map.Entry<Login, LoginEntry> login : logins.entrySet()) {
            users.put(login.getKey());
            for (String role : login.getValue().roles()) {
                members.grant(Map.of(role, List.of(login.getKey().user())));
            }
        }
        members.grant(memberships);
    }

    /** Without DropOnDelete no connection is needed: the database may be gone already. */
    private SetupReply delete(SetupEvent event, Deadline deadline) {
        String id = event.physicalResourceId();
        if (!SetupProperties.dropOnDelete(event.properties())) {
            return new SetupReply(id, Map.of("Deleted", "nothing: DropOnDelete is not true"));
        }
        return connected(deadline, connection -> {
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
