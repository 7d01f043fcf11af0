package dev.pglambda.bundle;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collection;
import java.util.regex.Pattern;

/** The typed wrappers that come with a function, by {@code pglambda.define}. Takes an operator's connection. */
public final class TypedWrappers {

    /** Without arguments, or with an array: there is no array of arrays, and no batch of nothing. */
    private static final Pattern WITHOUT_BATCH_FORM = Pattern.compile(
            "[^(]*\\(\\s*\\).*|[^(]*\\(.*(]|\\barray\\b).*\\)\\s*returns\\b.*",
            Pattern.DOTALL | Pattern.CASE_INSENSITIVE);

    private TypedWrappers() {}

    /**
     * Defines the signatures of a registered function, also in place of former ones of the same names: each with its batch
     * form, if it can have one, and its durable form.
     *
     * @throws SQLException what {@code pglambda.define} raises, such as 42601 for a malformed signature
     */
    public static void define(Connection connection, String function, Collection<String> signatures)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "select pglambda.define(signature => ?, name => ?, batch => ?, async => true)")) {
            for (String signature : signatures) {
                statement.setString(1, signature);
                statement.setString(2, function);
                statement.setBoolean(3, !WITHOUT_BATCH_FORM.matcher(signature).matches());
                statement.execute();
            }
        }
    }

    /** Undefines those of the signatures that are defined as they are written. */
    public static void undefine(Connection connection, Collection<String> signatures) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("""
                select pglambda.undefine(format('%I.%I', w.schema, w.name))
                  from pglambda.wrappers w
                 where w.signature = ?""")) {
            for (String signature : signatures) {
                statement.setString(1, signature);
                statement.execute();
            }
        }
    }
}
