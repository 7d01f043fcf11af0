package dev.pglambda.setup;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/** The members of the bundle's roles. Grants and never revokes: a grant may have been made by hand. */
final class Members {

    private final Connection connection;

    Members(Connection connection) {
        this.connection = connection;
    }

    void grant(Map<String, List<String>> members) throws SQLException {
        for (Map.Entry<String, List<String>> role : members.entrySet()) {
            requireRole(role.getKey());
            for (String member : role.getValue()) {
                if (!isMember(role.getKey(), member)) {
                    grant(role.getKey(), member);
                }
            }
        }
    }

    /** The role of a function is created with the function's wrappers. */
    private void requireRole(String role) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("select pg_catalog.to_regrole(?) is not null")) {
            statement.setString(1, role);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                if (!row.getBoolean(1)) {
                    throw new SetupException("role " + role + " belongs to a function that is not registered:"
                            + " add the function to Functions, or leave the role out");
                }
            }
        }
    }

    /** A grant that another administrator made would otherwise be made twice. */
    private boolean isMember(String role, String member) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("""
                select exists (select
                                 from pg_catalog.pg_auth_members m
                                where m.roleid = r.oid and m.member = u.oid)
                  from pg_catalog.pg_roles r, pg_catalog.pg_roles u
                 where r.rolname = ? and u.rolname = ?""")) {
            statement.setString(1, role);
            statement.setString(2, member);
            try (ResultSet row = statement.executeQuery()) {
                if (!row.next()) {
                    throw new SetupException("Members." + role + ": there is no role '" + member
                            + "' in this server; create it first, or leave it out");
                }
                return row.getBoolean(1);
            }
        }
    }

    private void grant(String role, String member) throws SQLException {
        new Template(connection).execute("grant %I to %I", role, member);
    }
}
