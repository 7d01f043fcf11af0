package dev.pglambda.setup;

import dev.pglambda.bundle.BundleException;
import dev.pglambda.bundle.InstallSettings;
import dev.pglambda.bundle.SqlBundle;
import dev.pglambda.bundle.TypedWrappers;
import dev.pglambda.database.ConnectionWork;
import dev.pglambda.database.Database;
import dev.pglambda.database.credentials.Login;
import dev.pglambda.database.credentials.Logins;
import dev.pglambda.handler.Deadline;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Installs, upgrades and removes the bundle with what belongs to it. Thread-safe; each of them is one transaction, so a
 * failure ({@link SetupException}) leaves the database as it was.
 */
@Singleton
class Setup {

    private final Database database;
    private final Logins secrets;

    /** Takes connections of the user who administers the database; the first when one is needed. */
    Setup(Database database, Logins secrets) {
        this.database = database;
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
        Set<String> unwanted = SetupProperties.signatures(event.oldProperties());
        wanted.functions().forEach(function -> unwanted.removeAll(function.sql()));
        return connected(deadline, connection -> {
            Map<LoginEntry, Login> secretLogins = read(wanted.logins(), deadline);
            AdministeredDatabase administered = AdministeredDatabase.of(connection);
            Map<String, String> done = new LinkedHashMap<>();
            done.put("PreviousVersion", administered.version().orElse(""));
            for (String extension : wanted.extensions()) {
                new Template(connection).execute("create extension if not exists %I", extension);
            }
            SqlBundle.install(connection, settings(wanted), inTransaction -> {
                TypedWrappers.undefine(inTransaction, unwanted);
                Registry registry = new Registry(inTransaction);
                registry.unregister(gone);
                registry.register(wanted.functions());
                for (FunctionEntry function : wanted.functions()) {
                    TypedWrappers.define(inTransaction, function.name(), function.sql());
                }
                admit(inTransaction, wanted, secretLogins);
                administered.requireVersion(SqlBundle.version());
            });
            done.put("Version", SqlBundle.version());
            done.put("InstallSchema", administered.installSchema());
            done.put("Functions", String.join(",", new Registry(connection).names()));
            return new SetupReply(administered.id(), done);
        });
    }

    /** The functions are registered at the end of the installation, and get their wrappers in it. */
    private static InstallSettings settings(SetupProperties wanted) {
        return new InstallSettings(
                wanted.installSchema(),
                wanted.functions().stream().map(FunctionEntry::name).toList());
    }

    /** Before the transaction, which others may wait for. */
    private Map<LoginEntry, Login> read(List<LoginEntry> wanted, Deadline deadline) throws SQLException {
        Map<LoginEntry, Login> logins = new LinkedHashMap<>();
        for (LoginEntry login : wanted) {
            if (login.secretArn().isPresent()) {
                logins.put(login, secrets.read(login.secretArn().get(), deadline));
            }
        }
        return logins;
    }

    /** Logins first: a member may be one of them. */
    private void admit(Connection connection, SetupProperties wanted, Map<LoginEntry, Login> secretLogins)
            throws SQLException {
        Users users = new Users(connection);
        Members members = new Members(connection);
        IamLogin iam = new IamLogin(connection, secrets.administratorUsesTokens());
        for (LoginEntry login : wanted.logins()) {
            String user;
            if (login.user().isPresent()) {
                user = login.user().get();
                users.putWithoutPassword(user);
                iam.grantTo(user);
            } else {
                user = secretLogins.get(login).user();
                users.put(secretLogins.get(login));
                iam.revokeFrom(user);
            }
            for (String role : login.roles()) {
                members.grant(Map.of(role, List.of(user)));
            }
        }
        members.grant(wanted.members());
        iam.requireWayBackIn();
    }

    /** Without DropOnDelete no connection is needed: the database may be gone already. */
    private SetupReply delete(SetupEvent event, Deadline deadline) {
        String id = event.physicalResourceId();
        if (!SetupProperties.dropOnDelete(event.properties())) {
            return new SetupReply(id, Map.of("Deleted", "nothing: DropOnDelete is not true"));
        }
        return connected(deadline, connection -> {
            AdministeredDatabase administered = AdministeredDatabase.of(connection);
            if (!id.isEmpty() && !id.equals(administered.id())) {
                // The secret names another database by now, which is not this resource's to change.
                return new SetupReply(id, Map.of("Deleted", "nothing: the database is now " + administered.id()));
            }
            SqlBundle.uninstall(connection);
            return new SetupReply(
                    administered.id(), Map.of("Deleted", "schemas pglambda and pglambda_private, and the wrappers"));
        });
    }

    /**
     * Every statement keeps the deadline, the wait for another installer too, so that a failure can still be reported.
     */
    private SetupReply connected(Deadline deadline, ConnectionWork<SetupReply> work) {
        try {
            return database.withConnection(deadline, work);
        } catch (BundleException e) {
            throw new SetupException("the database is as it was: " + e.getMessage(), e);
        } catch (SQLException e) {
            throw new SetupException("the database cannot be set up: " + e.getMessage(), e);
        }
    }
}
