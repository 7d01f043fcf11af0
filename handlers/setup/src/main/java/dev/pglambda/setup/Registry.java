package dev.pglambda.setup;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The table {@code pglambda.functions}, through the functions that write it. */
final class Registry {

    private final Connection connection;

    Registry(Connection connection) {
        this.connection = connection;
    }

    /** What an entry does not say stays as an operator has set it, and so does whether the function is enabled. */
    void register(List<FunctionEntry> functions) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("""
                select pglambda.register(
                    name => ?, arn => ?, region => ?, qualifier => ?, timeout_ms => ?::integer,
                    max_batch_items => ?::integer, max_concurrency => ?::integer, max_attempts => ?::integer,
                    action => ?)""")) {
            for (FunctionEntry function : functions) {
                statement.setString(1, function.name());
                statement.setString(2, function.arn());
                statement.setString(3, function.region().orElse(null));
                statement.setString(4, function.qualifier().orElse(null));
                statement.setObject(5, function.timeoutMs().orElse(null));
                statement.setObject(6, function.maxBatchItems().orElse(null));
                statement.setObject(7, function.maxConcurrency().orElse(null));
                statement.setObject(8, function.maxAttempts().orElse(null));
                statement.setString(9, function.action().orElse(null));
                statement.execute();
            }
        }
        requireAll(functions.stream().map(FunctionEntry::name).toList());
    }

    /** The names of all registered functions. */
    void unregister(Set<String> names) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "select pglambda.unregister(f.name) from pglambda.functions f where f.name = ?")) {
            for (String name : names) {
                statement.setString(1, name);
                statement.execute();
            }
        }
    }

    List<String> names() throws SQLException {
        try (PreparedStatement statement =
                        connection.prepareStatement("select f.name from pglambda.functions f order by f.name");
                ResultSet rows = statement.executeQuery()) {
            List<String> names = new ArrayList<>();
            while (rows.next()) {
                names.add(rows.getString(1));
            }
            return names;
        }
    }

    private void requireAll(List<String> names) throws SQLException {
        List<String> missing = new ArrayList<>(names);
        missing.removeAll(names());
        if (!missing.isEmpty()) {
            throw new SetupException("registered, but not found: " + String.join(", ", missing));
        }
    }
}
