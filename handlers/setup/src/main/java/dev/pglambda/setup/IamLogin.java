package dev.pglambda.setup;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * The role {@value #ROLE}, by which RDS lets its members in with IAM tokens, and with nothing else. On PostgreSQL 16 and
 * later, whoever creates a role is its member; so an administrator who makes users that log in by IAM may become a member
 * of {@value #ROLE} by way of them, and lose its password.
 */
final class IamLogin {

    static final String ROLE = "rds_iam";

    private final Connection connection;
    private final boolean administratorUsesTokens;
    private final boolean before;

    /** Made before any user is: it remembers whether the administrator is a member already. */
    IamLogin(Connection connection, boolean administratorUsesTokens) throws SQLException {
        this.connection = connection;
        this.administratorUsesTokens = administratorUsesTokens;
        this.before = administratorIsMember();
    }

    /** Makes the user log in by tokens. Where this session does so too, its user gets the role first. */
    void grantTo(String user) throws SQLException {
        requireRole();
        if (administratorUsesTokens && !administratorIsMember()) {
            try (Statement statement = connection.createStatement()) {
                statement.execute("grant " + ROLE + " to session_user");
            }
        }
        new Template(connection).execute("grant " + ROLE + " to %I", user);
    }

    /** Makes the user log in by its password, if it did not. */
    void revokeFrom(String user) throws SQLException {
        if (isMember(user)) {
            new Template(connection).execute("revoke " + ROLE + " from %I", user);
        }
    }

    private boolean isMember(String user) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("""
                select exists (select 1 from pg_catalog.pg_auth_members m
                                where m.roleid = pg_catalog.to_regrole('%s')
                                  and m.member = pg_catalog.to_regrole(pg_catalog.quote_ident(?)))""".formatted(ROLE))) {
            statement.setString(1, user);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getBoolean(1);
            }
        }
    }

    /** Throws {@link SetupException} when this transaction would take the password from whom it is logged in as. */
    void requireWayBackIn() throws SQLException {
        if (!administratorUsesTokens && !before && administratorIsMember()) {
            throw new SetupException(
                    "the database is as it was: the administrator logs in by a password, and would be a"
                            + " member of " + ROLE
                            + " by way of the users of Logins, so that RDS would refuse that password."
                            + " On PostgreSQL 16 and later, let all of them log in by IAM, the administrator too (DB_AUTH=iam),"
                            + " or all of them by secrets");
        }
    }

    private void requireRole() throws SQLException {
        if (!is("select pg_catalog.to_regrole('" + ROLE + "') is not null")) {
            throw new SetupException("Logins: this server has no role " + ROLE
                    + ", which users without a secret need: only RDS and Aurora let users in by IAM");
        }
    }

    /** As pg_hba.conf looks for it: by any chain of memberships, also those that inherit nothing. */
    private boolean administratorIsMember() throws SQLException {
        return is("""
                with recursive held as (
                    select r.oid from pg_catalog.pg_roles r where r.rolname = session_user
                    union
                    select m.roleid from pg_catalog.pg_auth_members m join held h on m.member = h.oid
                )
                select exists (select 1 from held h join pg_catalog.pg_roles r on r.oid = h.oid
                                where r.rolname = '%s')""".formatted(ROLE));
    }

    private boolean is(String sql) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql);
                ResultSet row = statement.executeQuery()) {
            row.next();
            return row.getBoolean(1);
        }
    }
}
