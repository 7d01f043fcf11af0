package dev.pglambda.setup;

import dev.pglambda.bundle.BundleException;
import dev.pglambda.bundle.InstallSettings;
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
            Map<Login, LoginEntry> logins = read(wanted.logins(), call.deadline());
            AdministeredDatabase database = AdministeredDatabase.of(connection);
            Map<String, String> done = new LinkedHashMap<>();
            done.put("PreviousVersion", database.version().orElse(""));
            for (String extension : wanted.extensions()) {
                new Template(connection).execute("create extension if not exists %I", extension);
            }
            SqlBundle.install(connection, settings(wanted), inTransaction -> {
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

    /** The functions are registered at the end of the installation, and get their wrappers in it. */
    private static InstallSettings settings(SetupProperties wanted) {
        return new InstallSettings(
                wanted.installSchema(),
                wanted.functions().stream().map(FunctionEntry::name).toList());
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
            return new SetupReply(
                    database.id(), Map.of("Deleted", "schemas pglambda and pglambda_private, and the wrappers"));
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
